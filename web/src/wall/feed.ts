// What to do with each frame of one phone, and whether its picture can be trusted. Pure: decoders are in player.ts.
import { codecOf, jpegSize } from "./formats";
import type { Video } from "./wire";

/** More frames than this waiting for the decoder: go on with the newest key frame. */
export const MOST_WAITING = 8;

/** For so long after a key frame the frames that follow it may come in one heap, as a late joiner gets them. */
export const HEAP_MS = 300;
const LARGEST_HEAP = 300;

/** A key frame is asked for at most this often. */
export const ASK_MS = 1_000;

/** A picture not confirmed for so long is stale. */
export const STALE_MS = 5_000;

/** After so many errors without a picture the decoder is taken for one that can't, and JPEG is asked for. */
const MOST_FAILURES = 3;

/** Pictures larger than this on a side are refused before they are decoded. */
const LARGEST_SIDE = 4096;

export interface Feed {
  /** What the decoder is set to; null before the first key frame. */
  codec: string | null;
  /** Deltas were lost or dropped: only a key frame helps. */
  waiting: boolean;
  /** The sequence last handed to be decoded, and the one last shown. */
  handed: number | null;
  shown: number | null;
  /** When it was last certain that the glass shows what the phone shows. */
  freshAt: number | null;
  /** The server says that the phone is silent. */
  silent: boolean;
  askedAt: number;
  /** Errors of the decoder since it last gave a picture. */
  failures: number;
  heapUntil: number;
  heap: number;
}

export type Step =
  | { do: "configure"; codec: string }
  | { do: "decode"; video: Video }
  | { do: "picture"; video: Video }
  /** Throw away what the decoder still holds. */
  | { do: "reset" }
  /** Ask the server for a key frame. */
  | { do: "refresh" }
  /** Ask the server for JPEG: H.264 can't be decoded here. */
  | { do: "ask jpeg" };

export interface Fed {
  feed: Feed;
  steps: readonly Step[];
}

export const NO_FEED: Feed = {
  codec: null,
  waiting: true,
  handed: null,
  shown: null,
  freshAt: null,
  silent: false,
  askedAt: -Infinity,
  failures: 0,
  heapUntil: -Infinity,
  heap: 0,
};

/** A frame came. `queue`: how many frames wait in the decoder; `decodes`: whether there is a decoder at all. */
export function take(feed: Feed, video: Video, now: number, queue: number, decodes: boolean): Fed {
  const heard: Feed = { ...feed, silent: video.stale };
  if (video.stale && !feed.waiting && feed.handed === video.sequence) return { feed: heard, steps: [] };
  if (Math.max(video.width, video.height) > LARGEST_SIDE) return { feed: heard, steps: [] };
  if (video.jpeg) return pictured(heard, video);
  if (!decodes) return ask(heard, now, false);
  if (video.key) return keyed(heard, video, now, queue);
  return delta(heard, video, now, queue);
}

/** The decoder refused: begin anew with a key frame, or with JPEG when it refuses time and again. */
export function failed(feed: Feed, now: number): Fed {
  const { feed: asking, steps } = ask({ ...feed, codec: null, waiting: true, failures: feed.failures + 1 }, now);
  return { feed: asking, steps: [{ do: "reset" }, ...steps] };
}

/** A decoded picture reached the glass. */
export function shown(feed: Feed, sequence: number, now: number): Feed {
  return { ...feed, shown: sequence, freshAt: now, failures: 0 };
}

/** The server says that the phone is there and that nothing newer was to be sent. */
export function alive(feed: Feed, now: number): Feed {
  const behind = feed.waiting || feed.handed !== feed.shown;
  return behind || feed.shown === null ? feed : { ...feed, silent: false, freshAt: now };
}

/** Whether what the glass shows may be no longer true. Without a first picture there is nothing to be stale. */
export function isStale(feed: Feed, now: number, after = STALE_MS): boolean {
  return feed.freshAt !== null && (feed.silent || now - feed.freshAt > after);
}

function pictured(feed: Feed, video: Video): Fed {
  const size = jpegSize(video.data);
  if (!size || Math.max(size.width, size.height) > LARGEST_SIDE) return { feed, steps: [] };
  const next = { ...feed, codec: null, waiting: false, handed: video.sequence };
  return { feed: next, steps: [...(feed.codec ? [{ do: "reset" } as const] : []), { do: "picture", video }] };
}

function keyed(feed: Feed, video: Video, now: number, queue: number): Fed {
  const codec = codecOf(video.data) ?? feed.codec;
  if (!codec) return ask(feed, now);
  const fresh = feed.waiting || codec !== feed.codec || queue > MOST_WAITING;
  const next: Feed = { ...feed, codec, waiting: false, handed: video.sequence, heapUntil: now + HEAP_MS, heap: 0 };
  const steps: Step[] = fresh ? [{ do: "reset" }, { do: "configure", codec }] : [];
  return { feed: next, steps: [...steps, { do: "decode", video }] };
}

function delta(feed: Feed, video: Video, now: number, queue: number): Fed {
  if (feed.waiting || !feed.codec) return ask({ ...feed, waiting: true }, now);
  const coming = now < feed.heapUntil;
  const heap = coming ? Math.min(LARGEST_HEAP, Math.max(feed.heap, queue + 1)) : Math.min(feed.heap, queue);
  if (queue > Math.max(MOST_WAITING, heap)) return ask({ ...feed, waiting: true, heap: 0 }, now);
  return { feed: { ...feed, heap, handed: video.sequence }, steps: [{ do: "decode", video }] };
}

function ask(feed: Feed, now: number, decodes = feed.failures < MOST_FAILURES): Fed {
  if (now - feed.askedAt < ASK_MS) return { feed, steps: [] };
  return { feed: { ...feed, askedAt: now }, steps: [{ do: decodes ? "refresh" : "ask jpeg" }] };
}
