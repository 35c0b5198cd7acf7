import { expect, test } from "vitest";
import { chance } from "./chance";
import { LARGEST_VIDEO, readVideo, writeTouch } from "./wire";

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
// Both written by the server's own wire/binary.py.
const VIDEO = "010500070000000900000000075bcd1501100258000000050000000167";
const TOUCH = "0202000700000100000000050000000900000000075bcd150087012b01100258000c";

test("a frame as the server writes it", () => {
  expect(readVideo(bytes(VIDEO).buffer)).toEqual({
    phone: 7,
    key: true,
    jpeg: false,
    stale: true,
    sequence: 9,
    moment: 123_456_789,
    width: 272,
    height: 600,
    data: bytes("0000000167"),
  });
});

test("a touch as the server reads it", () => {
  const touch = { phone: 7, epoch: 2n ** 40n + 5n, sequence: 9, moment: 123_456_789, action: "up", many: 12 } as const;
  const written = writeTouch({ ...touch, at: { x: 135, y: 299 }, seen: { width: 272, height: 600 } });
  expect(new Uint8Array(written)).toEqual(bytes(TOUCH));
});

const changed = (at: number, value: number) => {
  const message = bytes(VIDEO);
  message[at] = value;
  return message.buffer;
};

test.each([
  ["nothing", new ArrayBuffer(0), "shorter"],
  ["half a header", bytes(VIDEO).slice(0, 23).buffer, "shorter"],
  ["a header alone", bytes(VIDEO).slice(0, 24).buffer, "length"],
  ["one byte short", bytes(VIDEO).slice(0, -1).buffer, "length"],
  ["one byte more", bytes(VIDEO + "00").buffer, "length"],
  ["a length of 4 GB", changed(20, 255), "length"],
  ["another kind", changed(0, 2), "no video"],
  ["an unknown flag", changed(1, 32), "flag"],
  ["a JPEG that is no key", changed(1, 2), "always a key"],
  ["no width", bytes(VIDEO.replace("0110025800000005", "0000025800000005")).buffer, "no size"],
  ["a megabyte", new ArrayBuffer(1024 * 1024), "too long"],
  ["one byte over the limit", new ArrayBuffer(LARGEST_VIDEO + 1), "too long"],
])("%s is refused in words", (_name, message, words) => {
  expect(readVideo(message)).toContain(words);
});

test("whatever bytes come, nothing throws and nothing lies outside the message", () => {
  const pick = chance(13);
  let read = 0;
  for (let round = 0; round < 3_000; round++) {
    const message = pick(0, 1) ? bytes(VIDEO) : new Uint8Array(pick(0, 64));
    for (let index = pick(0, 2); index < 3; index++) message[pick(0, message.length)] = pick(0, 255);
    const result = readVideo(message.slice().buffer);
    if (typeof result === "string") continue;
    read += 1;
    expect(result.data.byteLength).toBe(message.length - 24);
  }
  expect(read).toBeGreaterThan(100);
});
