import { expect, test } from "vitest";
import { running } from "./running";

test("a curve never falls and ends at the total", () => {
  const points = [3, 0, 4].map((views, hour) => ({ at: `2026-11-21T0${hour}:00:00Z`, views, clicks: 1 }));
  expect(running(points).map((one) => one.views)).toEqual([3, 3, 7]);
  expect(running(points).at(-1)?.clicks).toBe(3);
  expect(running([])).toEqual([]);
});
