// The wall's binary frames, as the server's wire/binary.py has them: video in, touches out. Big-endian, no padding.
//
// video   u8 1 · u8 flags · u16 phone · u32 sequence · u64 µs · u16 width · u16 height · u32 size · size bytes
// touch   u8 2 · u8 action · head · u16 x, y · u16 width, height · u8 pointer · u8 many
// key     u8 3 · u8 action · head · u8 key · u8 many
// scroll  u8 4 · u8 0 · head · u16 x, y · u16 width, height · i16 right, down · u8 many
// head    u16 phone · u64 epoch · u32 sequence · u64 µs
//
// Flags: 1 key (parameter sets stand in front), 2 JPEG (always key), 4 stale (the last there was; the phone is silent),
// 8 the sharp stream, 16 the stream of stills. `many`: how many phones an act goes to.
// One frame is one message. `phone` is the number that the server gave the phone on this socket.
import type { Point, Size } from "./shapes";

const VIDEO_HEADER = 24;
const TOUCH = 34;
const PRESS = 26;
const SCROLL = 37;
const KEY = 1;
const JPEG = 2;
const STALE = 4;
const FOCUS = 8;
const STILLS = 16;

/** The longest video frame with its header, in bytes; whatever is longer is refused unread. */
export const LARGEST_VIDEO = 768 * 1024;

export interface Video extends Size {
  phone: number;
  key: boolean;
  jpeg: boolean;
  stale: boolean;
  sequence: number;
  /** Microseconds of the phone's own clock; only differences mean something. */
  moment: number;
  /** One H.264 access unit in Annex B, or one JPEG: a view into the message, not a copy. */
  data: Uint8Array<ArrayBuffer>;
}

/** The message as a video frame, or what is wrong with it. Looks at nothing beyond its bounds and never throws. */
export function readVideo(message: ArrayBuffer): Video | string {
  if (message.byteLength < VIDEO_HEADER) return "the message is shorter than a header";
  if (message.byteLength > LARGEST_VIDEO) return "the message is too long";
  const view = new DataView(message);
  if (view.getUint8(0) !== 1) return "the message is no video frame";
  const flags = view.getUint8(1);
  if (flags & ~(KEY | JPEG | STALE | FOCUS | STILLS)) return "a flag is unknown";
  if (flags & JPEG && !(flags & KEY)) return "a JPEG is always a key frame";
  const [width, height] = [view.getUint16(16), view.getUint16(18)];
  if (!width || !height) return "the frame has no size";
  const size = view.getUint32(20);
  if (!size || size !== message.byteLength - VIDEO_HEADER) return "the frame has another length than it says";
  return {
    phone: view.getUint16(2),
    key: (flags & KEY) !== 0,
    jpeg: (flags & JPEG) !== 0,
    stale: (flags & STALE) !== 0,
    sequence: view.getUint32(4),
    moment: Number(view.getBigUint64(8)),
    width,
    height,
    data: new Uint8Array(message, VIDEO_HEADER),
  };
}

export const ACTION = { down: 0, move: 1, up: 2, cancel: 3 } as const;

/** What every input has. */
interface Input {
  phone: number;
  epoch: bigint;
  sequence: number;
  /** Microseconds of the browser's clock. */
  moment: number;
  /** How many phones the act goes to. */
  many: number;
}

interface Touch extends Input {
  action: keyof typeof ACTION;
  at: Point;
  /** The frame that was seen. */
  seen: Size;
}

/** The bytes of one touch. The point must lie in the frame: the other end refuses others. */
export function writeTouch(touch: Touch): ArrayBuffer {
  const view = begun(TOUCH, 2, ACTION[touch.action], touch);
  place(view, touch.at, touch.seen);
  view.setUint8(33, touch.many);
  return view.buffer;
}

const KEYS = {
  home: 1,
  back: 2,
  recents: 3,
  power: 4,
  volume_up: 5,
  volume_down: 6,
  enter: 7,
  delete: 8,
  tab: 9,
  escape: 10,
  up: 11,
  down: 12,
  left: 13,
  right: 14,
  wake: 15,
  sleep: 16,
  menu: 17,
  notifications: 18,
} as const;

export type KeyName = keyof typeof KEYS;

interface KeyPress extends Input {
  key: KeyName;
  long: boolean;
}

export function writeKey(press: KeyPress): ArrayBuffer {
  const view = begun(PRESS, 3, press.long ? 1 : 0, press);
  view.setUint8(24, KEYS[press.key]);
  view.setUint8(25, press.many);
  return view.buffer;
}

interface Scroll extends Input {
  at: Point;
  seen: Size;
  /** Hundredths of a notch. */
  right: number;
  down: number;
}

export function writeScroll(scroll: Scroll): ArrayBuffer {
  const view = begun(SCROLL, 4, 0, scroll);
  place(view, scroll.at, scroll.seen);
  view.setInt16(32, scroll.right);
  view.setInt16(34, scroll.down);
  view.setUint8(36, scroll.many);
  return view.buffer;
}

function begun(size: number, kind: number, action: number, input: Input): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(size));
  view.setUint8(0, kind);
  view.setUint8(1, action);
  view.setUint16(2, input.phone);
  view.setBigUint64(4, input.epoch);
  view.setUint32(12, input.sequence);
  view.setBigUint64(16, BigInt(Math.round(input.moment)));
  return view;
}

function place(view: DataView, at: Point, seen: Size): void {
  view.setUint16(24, at.x);
  view.setUint16(26, at.y);
  view.setUint16(28, seen.width);
  view.setUint16(30, seen.height);
}
