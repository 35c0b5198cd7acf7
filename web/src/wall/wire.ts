// The wall's binary frames, as the server's wire/binary.py has them: video in, touches out. Big-endian, no padding.
//
// video   u8 1 · u8 flags · u16 phone · u32 sequence · u64 µs · u16 width · u16 height · u32 size · size bytes
// touch   u8 2 · u8 action · u16 phone · u64 epoch · u32 sequence · u64 µs · u16 x, y · u16 width, height · u8 pointer
//
// Flags: 1 key (parameter sets stand in front), 2 JPEG (always key), 4 stale (the last there was; the phone is silent).
// One frame is one message. `phone` is the number that the server gave the phone on this socket.
import type { Point, Size } from "./shapes";

const VIDEO_HEADER = 24;
const TOUCH = 33;
const KEY = 1;
const JPEG = 2;
const STALE = 4;

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
  if (flags & ~(KEY | JPEG | STALE)) return "a flag is unknown";
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

export interface Touch {
  phone: number;
  epoch: bigint;
  sequence: number;
  /** Microseconds of the browser's clock. */
  moment: number;
  action: keyof typeof ACTION;
  at: Point;
  /** The frame that was seen. */
  seen: Size;
}

/** The bytes of one touch. The point must lie in the frame: the other end refuses others. */
export function writeTouch({ phone, epoch, sequence, moment, action, at, seen }: Touch): ArrayBuffer {
  const bytes = new ArrayBuffer(TOUCH);
  const view = new DataView(bytes);
  view.setUint8(0, 2);
  view.setUint8(1, ACTION[action]);
  view.setUint16(2, phone);
  view.setBigUint64(4, epoch);
  view.setUint32(12, sequence);
  view.setBigUint64(16, BigInt(Math.round(moment)));
  view.setUint16(24, at.x);
  view.setUint16(26, at.y);
  view.setUint16(28, seen.width);
  view.setUint16(30, seen.height);
  view.setUint8(32, 0);
  return bytes;
}
