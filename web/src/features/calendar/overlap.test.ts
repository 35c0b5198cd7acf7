import { expect, test } from "vitest";
import { sideBySide } from "./overlap";

const at = (from: number, length = 40) => ({ from, to: from + length });

test("what does not overlap has the whole width", () => {
  const { laid, heaps } = sideBySide([at(60), at(0), at(100)], 3);
  expect(laid.map(({ item, lane, of }) => [item.from, lane, of])).toEqual([
    [0, 0, 1],
    [60, 0, 1],
    [100, 0, 1],
  ]);
  expect(heaps).toEqual([]);
});

test("what hangs together shares its width, also over a third", () => {
  const { laid } = sideBySide([at(0), at(30), at(60), at(200)], 3);
  expect(laid.map(({ item, lane, of }) => [item.from, lane, of])).toEqual([
    [0, 0, 2],
    [30, 1, 2],
    [60, 0, 2],
    [200, 0, 1],
  ]);
});

test("thirty at once: two stand, the rest are counted", () => {
  const { laid, heaps } = sideBySide(
    Array.from({ length: 30 }, () => at(540)),
    3,
  );
  expect(laid.map((one) => one.lane)).toEqual([0, 1]);
  expect(heaps).toEqual([{ from: 540, to: 580, count: 28, of: 3 }]);
});

test("one that alone does not fit stands in the last lane itself", () => {
  const { laid, heaps } = sideBySide([at(0), at(10), at(20), at(30)], 3);
  expect(heaps).toEqual([{ from: 20, to: 70, count: 2, of: 3 }]);
  expect(laid).toHaveLength(2);
  expect(sideBySide([at(0), at(10), at(20)], 3).heaps).toEqual([]);
  const apart = sideBySide([at(0, 200), at(10), at(20), at(60), at(70), at(90)], 3);
  expect([apart.laid.length, apart.heaps.length]).toEqual([4, 1]);
});

test("nothing is lost, however many and wherever", () => {
  const items = Array.from({ length: 200 }, (_, index) => at((index * 37) % 1400));
  const { laid, heaps } = sideBySide(items, 3);
  expect(laid.length + heaps.reduce((sum, heap) => sum + heap.count, 0)).toBe(200);
  for (const a of laid)
    for (const b of laid)
      if (a !== b && a.lane === b.lane) expect(a.item.to <= b.item.from || b.item.to <= a.item.from).toBe(true);
});
