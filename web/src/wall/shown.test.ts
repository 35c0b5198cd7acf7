import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SHOWN_MS, type ShownFrame, ShownReport } from "./shown";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first frame is told at once, later ones together, the newest of each phone", () => {
  const told: (readonly ShownFrame[])[] = [];
  const report = new ShownReport((frames) => told.push(frames));
  report.painted();
  report.add(1, 10);
  report.painted();
  report.add(1, 11);
  report.add(2, 5);
  report.painted();
  report.add(1, 12);
  report.painted();
  expect(told).toEqual([[{ channel: 1, sequence: 10 }]]);
  vi.advanceTimersByTime(SHOWN_MS);
  expect(told[1]).toEqual([
    { channel: 1, sequence: 12 },
    { channel: 2, sequence: 5 },
  ]);
  vi.advanceTimersByTime(10 * SHOWN_MS);
  expect(told).toHaveLength(2);
  report.close();
});
