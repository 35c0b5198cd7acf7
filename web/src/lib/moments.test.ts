import { describe, expect, test } from "vitest";
import { clock, exact, left, place, short, told, took } from "./moments";

const now = new Date("2026-11-21T09:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe("told", () => {
  test.each([
    [0, "now"],
    [44, "now"],
    [-30, "now"],
    [60, "in 1 min"],
    [180, "in 3 min"],
    [-3 * 60, "3 min ago"],
    [3590, "in 59 min"],
    [3600 + 12 * 60, "in 1 h 12 min"],
    [-2 * 3600, "2 h ago"],
    [10 * 3600 + 20 * 60, "in 10 h"],
    [24 * 3600, "Sun 22 Nov, 10:00"],
    [-24 * 3600, "Fri 20 Nov, 10:00"],
  ])("%d seconds away", (seconds, text) => expect(told(after(seconds), now, "Europe/Berlin")).toBe(text));
});

test("another year is said", () => {
  expect(short(new Date("2027-01-02T08:00:00Z"), "Europe/Berlin", now)).toBe("Sat 2 Jan 2027, 09:00");
});

test("exact names the zone and its offset", () => {
  expect(exact(now, "Asia/Kolkata")).toBe("Saturday 21 November 2026 at 14:30:00, Asia/Kolkata (UTC+5:30)");
  expect(exact(now, "America/New_York")).toContain("(UTC−5)");
  expect(exact(now, "UTC")).toContain("UTC (UTC)");
});

test("clocks", () => {
  expect(clock(42.9)).toBe("0:42");
  expect(clock(725)).toBe("12:05");
  expect(clock(3723)).toBe("1:02:03");
  expect(clock(-1)).toBe("0:00");
  expect(place(1.5)).toBe("0:01.50");
  expect(place(12 + 1 / 30)).toBe("0:12.03");
});

test.each([
  [null, ""],
  [Number.NaN, ""],
  [3, "a few seconds left"],
  [31, "about 35 s left"],
  [70, "about 1 min left"],
  [400, "about 7 min left"],
  [7200, "about 2 h left"],
])("time left for %s", (seconds, text) => expect(left(seconds)).toBe(text));

test.each([
  [1.23, "1.2 s"],
  [48.2, "48 s"],
  [185, "3 min 5 s"],
  [120, "2 min"],
])("took %d", (seconds, text) => expect(took(seconds)).toBe(text));
