import { expect, test } from "vitest";
import { isPast, snapped, stepOf, stepped } from "./carrying";
import { minutesOf, timeOf } from "./hours";

const BERLIN = "Europe/Berlin";
const at = (day: string, time: string) => ({ day, minutes: minutesOf(time) });
const move = (day: string, time: string, key: string, fine = false) => {
  const step = stepOf(key, "week", fine);
  if (!step) throw new Error(`${key} moves nothing`);
  const spot = stepped(at(day, time), step, BERLIN);
  return `${spot.day} ${timeOf(spot.minutes)}`;
};

test("arrows move by days and quarters, with Shift by minutes", () => {
  expect(move("2026-11-22", "09:00", "ArrowRight")).toBe("2026-11-23 09:00");
  expect(move("2026-11-22", "09:00", "ArrowUp")).toBe("2026-11-22 08:45");
  expect(move("2026-11-22", "09:00", "ArrowDown", true)).toBe("2026-11-22 09:01");
  expect(stepOf("x", "week", false)).toBeNull();
  expect(stepOf("ArrowDown", "month", false)).toEqual({ days: 7, minutes: 0 });
  expect(stepOf("ArrowDown", "list", false)).toEqual({ days: 1, minutes: 0 });
});

test("over midnight", () => {
  expect(move("2026-11-22", "23:50", "ArrowDown")).toBe("2026-11-23 00:05");
  expect(move("2026-11-22", "00:05", "ArrowUp")).toBe("2026-11-21 23:50");
});

test("a time that the clocks skip is stepped over, either way", () => {
  expect(move("2026-03-29", "01:45", "ArrowDown")).toBe("2026-03-29 03:00");
  expect(move("2026-03-29", "03:00", "ArrowUp")).toBe("2026-03-29 01:45");
  expect(move("2026-03-28", "02:30", "ArrowRight")).toBe("2026-03-29 03:00");
});

test("the pointer's grid", () => {
  expect(snapped(548, false)).toBe(555);
  expect(snapped(548.4, true)).toBe(548);
  expect(snapped(1439, false)).toBe(1425);
  expect(snapped(-20, false)).toBe(0);
});

test("what has passed", () => {
  const now = new Date("2026-11-22T08:00:00Z");
  expect(isPast(at("2026-11-22", "09:00"), BERLIN, now)).toBe(true);
  expect(isPast(at("2026-11-22", "09:15"), BERLIN, now)).toBe(false);
});
