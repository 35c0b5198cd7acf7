import { expect, test } from "vitest";
import type { Gesture } from "./act";
import { aim, type Target } from "./aim";
import { fraction, onGlass, pixel, pressBox, sameShape } from "./glass";

const SEEN = { width: 272, height: 600, sequence: 9 };
const target = (id: string, more: Partial<Target> = {}): Target => ({
  id,
  seen: SEEN,
  stale: false,
  offline: false,
  attended: false,
  ...more,
});
const TAP: Gesture = { kind: "tap", phone: "a", seen: SEEN, at: { x: 0.5, y: 0.25 }, held: 80.4 };
const all = new Set(["a", "b", "c"]);

test("each selected phone is touched in the pixels of its own frame", () => {
  const small = target("b", { seen: { width: 180, height: 400, sequence: 3 } });
  const { aimed, left } = aim(TAP, [target("a"), small, target("x")], all);
  expect(left).toEqual([]);
  expect(aimed).toEqual([
    { kind: "tap", phone: "a", seen: SEEN, at: { x: 136, y: 150 }, held: 80 },
    {
      kind: "tap",
      phone: "b",
      seen: { width: 180, height: 400, sequence: 3 },
      at: { x: 90, y: 100 },
      held: 80,
    },
  ]);
});

test("a press on a phone that is not selected goes to that phone alone", () => {
  expect(aim(TAP, [target("a"), target("b")], new Set(["b"])).aimed.map((one) => one.phone)).toEqual(["a"]);
  expect(aim(TAP, [target("a"), target("b")], new Set()).aimed.map((one) => one.phone)).toEqual(["a"]);
});

test.each([
  ["offline", { offline: true }],
  ["no picture", { seen: null }],
  ["stale", { stale: true }],
  ["turned", { seen: { width: 600, height: 272, sequence: 1 } }],
] as const)("a phone that is %s drops out and the others go on", (why, more) => {
  const { aimed, left } = aim(TAP, [target("a"), target("b", more), target("c")], all);
  expect(left).toEqual([{ phone: "b", why }]);
  expect(aimed.map((one) => one.phone)).toEqual(["a", "c"]);
});

test("the pressed phone counts as it was seen; if it shows another shape by now it drops out", () => {
  const newer = target("a", { seen: { ...SEEN, sequence: 400 } });
  expect(aim(TAP, [newer], all).aimed[0]?.seen).toBe(SEEN);
  expect(aim(TAP, [target("a", { seen: { width: 600, height: 272, sequence: 400 } })], all).left).toEqual([
    { phone: "a", why: "turned" },
  ]);
});

test("an attended app takes one phone, not several", () => {
  const attended = target("b", { attended: true });
  expect(aim(TAP, [target("a"), attended], all)).toEqual({
    aimed: [],
    left: [
      { phone: "a", why: "attended" },
      { phone: "b", why: "attended" },
    ],
  });
  expect(aim({ ...TAP, phone: "b" }, [target("a"), attended], new Set(["b"])).aimed).toHaveLength(1);
});

test("a lying picture is acted on as it lies", () => {
  const seen = { width: 600, height: 272, sequence: 2 };
  const swipe: Gesture = {
    kind: "swipe",
    phone: "a",
    seen,
    duration: 300.2,
    path: [
      { x: 0, y: 0.5, t: 0 },
      { x: 1, y: 1, t: 299.6 },
    ],
  };
  expect(aim(swipe, [target("a", { seen })], all).aimed).toEqual([
    {
      kind: "swipe",
      phone: "a",
      seen,
      duration: 300,
      path: [
        { x: 0, y: 136, t: 0 },
        { x: 599, y: 271, t: 300 },
      ],
    },
  ]);
});

test("glass and fractions lead back to each other, and the edge is the last pixel", () => {
  const tile = { x: 30, y: 10, width: 90, height: 200 };
  expect(fraction({ x: 75, y: 110 }, tile)).toEqual({ x: 0.5, y: 0.5 });
  expect(onGlass({ x: 0.5, y: 0.5 }, tile)).toEqual({ x: 75, y: 110 });
  expect(fraction({ x: -5, y: 999 }, tile)).toEqual({ x: 0, y: 1 });
  expect(pixel({ x: 1, y: 1 }, { width: 1080, height: 2400 })).toEqual({ x: 1079, y: 2399 });
});

test.each([
  [270, 600, 25],
  [90, 200, 12],
  [600, 270, 25],
  [1080, 2400, 100],
])("on a tile of %d × %d the box is %d wide", (width, height, side) => {
  const box = pressBox({ x: 50, y: 60 }, { width, height }, { width: 1080, height: 2400 });
  expect(box).toEqual({ x: 50 - side / 2, y: 60 - side / 2, width: side, height: side });
});

test("shapes: rounding of an encoder is none, turning is", () => {
  expect(sameShape({ width: 1080, height: 2400 }, { width: 272, height: 592 })).toBe(true);
  expect(sameShape({ width: 272, height: 600 }, { width: 600, height: 272 })).toBe(false);
});
