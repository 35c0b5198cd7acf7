// The little that the wall must know of H.264 (ISO/IEC 14496-10, 7.3) and JPEG (ITU-T T.81, B.1): pure, never throws.
import type { Size } from "./shapes";

/** How far into a frame parameter sets are looked for, in bytes. */
const LOOKED_AT = 4096;
const SPS = 7;

/** WebCodecs' name for the stream, from the parameter set before a key frame; null if there is none. */
export function codecOf(accessUnit: Uint8Array): string | null {
  const end = Math.min(accessUnit.length, LOOKED_AT) - 6;
  for (let at = 0; at < end; at++) {
    if (accessUnit[at] || accessUnit[at + 1] || accessUnit[at + 2] !== 1) continue;
    if ((accessUnit[at + 3] ?? 0) % 32 !== SPS) continue;
    const profile = accessUnit.subarray(at + 4, at + 7);
    return `avc1.${[...profile].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  }
  return null;
}

/** The size a JPEG says it has; null for what is no JPEG. */
export function jpegSize(bytes: Uint8Array): Size | null {
  const byte = (at: number) => bytes[at] ?? 0;
  const pair = (at: number) => byte(at) * 256 + byte(at + 1);
  if (pair(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 < bytes.length && byte(at) === 0xff) {
    const marker = byte(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { width: pair(at + 7), height: pair(at + 5) };
    at += 2 + Math.max(2, pair(at + 2));
  }
  return null;
}
