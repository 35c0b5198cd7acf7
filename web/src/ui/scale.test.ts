import { expect, test } from "vitest";
import { scale } from "./scale";
import { peaksOf } from "./Waveform";

test.each([
  [0, 1, [0, 1]],
  [1, 1, [0, 1]],
  [3, 3, [0, 1, 2, 3]],
  [17, 20, [0, 5, 10, 15, 20]],
  [1000, 1000, [0, 500, 1000]],
  [1234, 1500, [0, 500, 1000, 1500]],
])("an axis up to %d", (max, top, ticks) => expect(scale(max)).toEqual({ top, ticks }));

test("peaks are of equal parts and relative to the loudest", () => {
  expect(peaksOf([0.1, -0.5, 0, 0.25], 2)).toEqual([1, 0.5]);
  expect(peaksOf([], 3)).toEqual([0, 0, 0]);
});
