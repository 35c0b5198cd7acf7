import { expect, test } from "vitest";
import { chance } from "./chance";
import {
  alive,
  ASK_MS,
  failed,
  type Fed,
  type Feed,
  HEAP_MS,
  isStale,
  MOST_WAITING,
  NO_FEED,
  shown,
  STALE_MS,
  take,
} from "./feed";
import { codecOf, jpegSize } from "./formats";
import type { Video } from "./wire";

const SPS = [0, 0, 0, 1, 0x67, 0x42, 0xe0, 0x1e, 0xaa, 0xbb];
const HIGH = [0, 0, 1, 0x67, 0x64, 0x00, 0x28, 0xaa, 0xbb];
const PICTURE = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 2, 88, 1, 16, 3, 1, 0x22];
const frame = (sequence: number, bytes: number[], more: Partial<Video> = {}): Video => ({
  phone: 1,
  key: false,
  jpeg: false,
  stale: false,
  sequence,
  moment: sequence * 1000,
  width: 272,
  height: 600,
  data: Uint8Array.from(bytes),
  ...more,
});
const key = (sequence: number, bytes = SPS, more = {}) => frame(sequence, bytes, { key: true, ...more });
const delta = (sequence: number, more = {}) => frame(sequence, [0, 0, 1, 0x41, 9], more);
const jpeg = (sequence: number, bytes = PICTURE) => frame(sequence, bytes, { key: true, jpeg: true });
const did = (fed: Fed) => fed.steps.map((step) => (step.do === "configure" ? step.codec : step.do));

/** A feed that got these frames one after the other, each decoded and shown before the next. */
function fed(...videos: Video[]): Feed {
  return videos.reduce((feed, video) => shown(take(feed, video, 0, 0, true).feed, video.sequence, 0), NO_FEED);
}

test("the first key frame sets the decoder up, the following ones only go through it", () => {
  const first = take(NO_FEED, key(1), 0, 0, true);
  expect(did(first)).toEqual(["reset", "avc1.42e01e", "decode"]);
  expect(did(take(first.feed, delta(2), 10, 1, true))).toEqual(["decode"]);
  expect(did(take(first.feed, key(2), 10, 1, true))).toEqual(["decode"]);
});

test("another kind of stream sets it up anew", () => {
  expect(did(take(fed(key(1)), key(2, HIGH), 10, 0, true))).toEqual(["reset", "avc1.640028", "decode"]);
});

test("deltas before a key frame are dropped, and a key frame is asked for once a second", () => {
  const first = take(NO_FEED, delta(1), 0, 0, true);
  expect(did(first)).toEqual(["refresh"]);
  const second = take(first.feed, delta(2), ASK_MS - 1, 0, true);
  expect(did(second)).toEqual([]);
  expect(did(take(second.feed, delta(3), ASK_MS, 0, true))).toEqual(["refresh"]);
});

test("a key frame without parameter sets is of no use to who just came", () => {
  expect(did(take(NO_FEED, key(1, [0, 0, 1, 0x65, 1, 2, 3, 4, 5]), 0, 0, true))).toEqual(["refresh"]);
});

test("a backlog is dropped up to the newest key frame", () => {
  const calm = take(fed(key(1)), delta(2), 1000, MOST_WAITING, true);
  expect(did(calm)).toEqual(["decode"]);
  const over = take(calm.feed, delta(3), 1010, MOST_WAITING + 1, true);
  expect(did(over)).toEqual(["refresh"]);
  const still = take(over.feed, delta(4), 1020, 2, true);
  expect(did(still)).toEqual([]);
  expect(did(take(still.feed, key(5), 1030, 2, true))).toEqual(["reset", "avc1.42e01e", "decode"]);
});

test("a key frame that finds a backlog goes past it", () => {
  expect(did(take(fed(key(1)), key(2), 1000, MOST_WAITING + 1, true))).toEqual(["reset", "avc1.42e01e", "decode"]);
});

test("who comes late gets a heap of frames at once, and none is dropped", () => {
  let state = take(NO_FEED, key(1), 0, 0, true).feed;
  for (let index = 2; index <= 80; index++) {
    const step = take(state, delta(index), 5, index - 1, true);
    expect(did(step)).toEqual(["decode"]);
    state = step.feed;
  }
  const draining = take(state, delta(81), HEAP_MS + 50, 40, true);
  expect(did(draining)).toEqual(["decode"]);
  expect(did(take(draining.feed, delta(82), HEAP_MS + 60, 70, true))).toEqual(["refresh"]);
});

test("after an error the decoder is thrown away and a key frame asked for", () => {
  const broken = failed(fed(key(1), delta(2)), 50);
  expect(did(broken)).toEqual(["reset", "refresh"]);
  expect(did(take(broken.feed, delta(3), 60, 0, true))).toEqual([]);
  expect(did(take(broken.feed, key(4), 70, 0, true))).toEqual(["reset", "avc1.42e01e", "decode"]);
});

test("JPEG is drawn as it is, also after H.264", () => {
  expect(did(take(NO_FEED, jpeg(1), 0, 0, false))).toEqual(["picture"]);
  const after = take(fed(key(1)), jpeg(2), 0, 0, true);
  expect(did(after)).toEqual(["reset", "picture"]);
  expect(did(take(after.feed, delta(3), 0, 0, true))).toEqual(["refresh"]);
});

test("without a decoder JPEG is asked for, once a second", () => {
  const first = take(NO_FEED, key(1), 0, 0, false);
  expect(did(first)).toEqual(["ask jpeg"]);
  expect(did(take(first.feed, delta(2), 10, 0, false))).toEqual([]);
});

test.each([
  ["a picture that says it is huge", jpeg(1, PICTURE.with(15, 0xff))],
  ["no picture at all", jpeg(1, [1, 2, 3])],
  ["a frame that says it is huge", key(1, SPS, { width: 9000 })],
])("%s is not decoded", (_name, video) => {
  expect(did(take(NO_FEED, video, 0, 0, true))).toEqual([]);
});

test("silence makes a picture stale, a sign of life keeps a still one fresh", () => {
  const state = fed(key(1));
  expect(isStale(NO_FEED, 99_999)).toBe(false);
  expect(isStale(state, STALE_MS)).toBe(false);
  expect(isStale(state, STALE_MS + 1)).toBe(true);
  expect(isStale(alive(state, 4_000), STALE_MS + 1)).toBe(false);
});

test("a sign of life does not vouch for a picture that is behind", () => {
  const undecoded = take(fed(key(1)), delta(2), 100, 0, true).feed;
  expect(isStale(alive(undecoded, 6_000), 6_000)).toBe(true);
  const dropped = take(fed(key(1)), delta(2), 100, MOST_WAITING + 1, true).feed;
  expect(isStale(alive(dropped, 6_000), 6_000)).toBe(true);
  expect(isStale(alive(shown(undecoded, 2, 200), 6_000), 6_000)).toBe(false);
});

test("the server's stale mark holds at once, until a frame or a sign of life comes without it", () => {
  const again = take(fed(key(1)), key(1, SPS, { stale: true }), 10, 0, true);
  expect(did(again)).toEqual([]);
  expect(isStale(again.feed, 11)).toBe(true);
  expect(isStale(take(again.feed, delta(2), 20, 0, true).feed, 21)).toBe(false);
  expect(isStale(alive(again.feed, 20), 21)).toBe(false);
  const late = take(NO_FEED, key(1, SPS, { stale: true }), 10, 0, true);
  expect(did(late)).toEqual(["reset", "avc1.42e01e", "decode"]);
  expect(isStale(shown(late.feed, 1, 20), 21)).toBe(true);
});

test("a decoder that fails time and again is given JPEG", () => {
  let state = NO_FEED;
  const asked: string[] = [];
  for (let second = 0; second < 4; second++) {
    const step = failed(take(state, key(second), second * 2000, 0, true).feed, second * 2000 + 5);
    asked.push(...did(step));
    state = step.feed;
  }
  expect(asked.filter((step) => step !== "reset")).toEqual(["refresh", "refresh", "ask jpeg", "ask jpeg"]);
  expect(did(failed(fed(key(9)), 20_000))).toEqual(["reset", "refresh"]);
});

test("whatever comes, a delta is decoded only right after what it builds on", () => {
  const pick = chance(17);
  let feed = NO_FEED;
  let whole = false;
  for (let sequence = 0; sequence < 6_000; sequence++) {
    const video = [delta, delta, delta, key, jpeg][pick(0, 4)]?.(sequence) ?? delta(sequence);
    const queue = pick(0, 3) ? pick(0, 4) : pick(0, 40);
    const step = pick(0, 30) ? take(feed, video, sequence * 3, queue, true) : failed(feed, sequence * 3);
    const kinds = did(step);
    if (kinds.includes("reset")) whole = false;
    if (kinds.includes("decode")) {
      expect(video.key || whole).toBe(true);
      whole = true;
    } else if (kinds.includes("picture") || !video.key) whole = false;
    feed = step.feed;
  }
});

test("what a stream and a picture say of themselves", () => {
  expect(codecOf(Uint8Array.from(SPS))).toBe("avc1.42e01e");
  expect(codecOf(Uint8Array.from([0, 0, 1, 0x09, 0xf0, ...HIGH]))).toBe("avc1.640028");
  expect(codecOf(Uint8Array.from([0, 0, 1, 0x67]))).toBeNull();
  expect(jpegSize(Uint8Array.from(PICTURE))).toEqual({ width: 272, height: 600 });
  expect(jpegSize(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0]))).toBeNull();
});
