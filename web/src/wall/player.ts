// One phone's moving picture: does what feed.ts decides, with WebCodecs for H.264 and createImageBitmap for JPEG.
import { alive, type Fed, failed, type Feed, isStale, NO_FEED, shown, STALE_MS, take } from "./feed";
import type { Seen } from "./glass";
import type { Video } from "./wire";

/** What stands on the glass, with the frame it came from. The player closes it when the next one comes. */
export interface Picture extends Seen {
  source: VideoFrame | ImageBitmap;
}

export interface Hearing {
  /** A new picture is there. */
  picture(): void;
  /** The server must send a key frame, or JPEG. */
  ask(what: "refresh" | "jpeg"): void;
}

export class Player {
  picture: Picture | null = null;
  #feed: Feed = NO_FEED;
  #decoder: VideoDecoder | null = null;
  #awaited = new Map<number, Seen>();
  #count = 0;
  #drawing = false;
  #next: Video | null = null;
  #closed = false;

  constructor(
    private readonly hearing: Hearing,
    private readonly now: () => number = () => performance.now(),
  ) {}

  take(video: Video): void {
    if (this.#closed) return;
    const queue = this.#decoder?.decodeQueueSize ?? 0;
    this.#do(take(this.#feed, video, this.now(), queue, "VideoDecoder" in globalThis));
  }

  /** The server vouches for the picture although no frame came. */
  alive(): void {
    this.#feed = alive(this.#feed, this.now());
  }

  /** The server says that the phone is silent. */
  silent(): void {
    this.#feed = { ...this.#feed, silent: true };
  }

  stale(after = STALE_MS): boolean {
    return isStale(this.#feed, this.now(), after);
  }

  /** For how long the picture is unconfirmed, in milliseconds. */
  age(): number {
    return this.#feed.freshAt === null ? 0 : this.now() - this.#feed.freshAt;
  }

  /** Frees the decoder but keeps the last picture: the phone left the window. The next key frame begins anew. */
  rest(): void {
    this.#drop();
    this.#feed = { ...this.#feed, codec: null, waiting: true };
  }

  close(): void {
    this.#closed = true;
    this.#drop();
    this.picture?.source.close();
    this.picture = null;
  }

  #do({ feed, steps }: Fed): void {
    this.#feed = feed;
    for (const step of steps) {
      switch (step.do) {
        case "reset":
          this.#drop();
          break;
        case "configure":
          this.#decoder = this.#configured(step.codec);
          break;
        case "decode":
          this.#decode(step.video);
          break;
        case "picture":
          this.#next = step.video;
          void this.#draw();
          break;
        case "refresh":
          this.hearing.ask("refresh");
          break;
        case "ask jpeg":
          this.hearing.ask("jpeg");
      }
    }
  }

  #configured(codec: string): VideoDecoder {
    const decoder: VideoDecoder = new VideoDecoder({
      output: (frame) => {
        const seen = this.#awaited.get(frame.timestamp);
        this.#awaited.delete(frame.timestamp);
        if (decoder === this.#decoder && seen) this.#show(frame, seen);
        else frame.close();
      },
      error: () => decoder === this.#decoder && this.#fail(),
    });
    // The stream is Annex B with its parameter sets before each key frame, so no description is given.
    decoder.configure({ codec, optimizeForLatency: true });
    return decoder;
  }

  #decode({ key, data, width, height, sequence }: Video): void {
    const timestamp = this.#count++;
    this.#awaited.set(timestamp, { width, height, sequence });
    try {
      this.#decoder?.decode(new EncodedVideoChunk({ type: key ? "key" : "delta", timestamp, data }));
    } catch {
      // A closed decoder or bytes that are no key frame; how to go on is the same for every error.
      this.#fail();
    }
  }

  #fail(): void {
    this.#do(failed(this.#feed, this.now()));
  }

  async #draw(): Promise<void> {
    if (this.#drawing) return;
    this.#drawing = true;
    for (let video = this.#next; video && !this.#closed; video = this.#next) {
      this.#next = null;
      try {
        const bitmap = await createImageBitmap(new Blob([video.data], { type: "image/jpeg" }));
        if (this.#closed) bitmap.close();
        else this.#show(bitmap, { width: video.width, height: video.height, sequence: video.sequence });
      } catch {
        // A broken picture stays away; the one before it turns stale by itself.
      }
    }
    this.#drawing = false;
  }

  #show(source: VideoFrame | ImageBitmap, { width, height, sequence }: Seen): void {
    this.picture?.source.close();
    this.picture = { source, width, height, sequence };
    this.#feed = shown(this.#feed, sequence, this.now());
    this.hearing.picture();
  }

  #drop(): void {
    const decoder = this.#decoder;
    this.#decoder = null;
    this.#awaited.clear();
    if (decoder && decoder.state !== "closed") decoder.close();
  }
}
