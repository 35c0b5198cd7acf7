import { expect, test } from "vitest";
import { touches } from "./touches";

const base = { phone: "a", seen: { width: 272, height: 600, sequence: 1 } };
const at = { x: 5, y: 6 };

test("a tap is a finger down and up, at least for a moment", () => {
  expect(touches({ ...base, kind: "tap", at, held: 80 })).toEqual([
    { t: 0, action: "down", at },
    { t: 80, action: "up", at },
  ]);
  expect(touches({ ...base, kind: "tap", at, held: 0 }).at(-1)?.t).toBe(20);
});

test("a swipe goes along its path in its own time", () => {
  const path = [
    { x: 1, y: 1, t: 0 },
    { x: 2, y: 9, t: 30 },
    { x: 3, y: 20, t: 90 },
  ];
  expect(touches({ ...base, kind: "swipe", path, duration: 120 })).toEqual([
    { t: 0, action: "down", at: { x: 1, y: 1 } },
    { t: 30, action: "move", at: { x: 2, y: 9 } },
    { t: 90, action: "move", at: { x: 3, y: 20 } },
    { t: 120, action: "up", at: { x: 3, y: 20 } },
  ]);
});

test("a wish for text touches nothing", () => {
  expect(touches({ ...base, kind: "text", at })).toEqual([]);
});
