import { expect, test } from "vitest";
import { clockNote, clockOf, depthOf, heightOf, minutesAt, minutesOf, rowsOf, timeOf } from "./hours";

const spring = clockOf("2026-03-29", "Europe/Berlin");
const autumn = clockOf("2026-10-25", "Europe/Berlin");
const plain = clockOf("2026-11-22", "Europe/Berlin");

test("most days have 24 hours", () => {
  expect(plain).toMatchObject({ skipped: null, again: null });
  expect(rowsOf([plain])).toHaveLength(24);
  expect(clockNote(plain)).toBeNull();
});

test("the day on which clocks go forward has 23", () => {
  expect(spring.skipped).toEqual([120, 180]);
  const rows = rowsOf([spring]);
  expect(rows).toHaveLength(23);
  expect(heightOf(rows)).toBe(23 * 60);
  expect(depthOf(rows, minutesOf("03:00"))).toBe(120);
  expect(timeOf(minutesAt(rows, 130))).toBe("03:10");
  expect(clockNote(spring)).toBe("Clocks go forward: 02:00 to 03:00 does not exist");
});

test("beside other days its skipped hour stands there, to be crossed out", () => {
  const rows = rowsOf([clockOf("2026-03-28", "Europe/Berlin"), spring]);
  expect(rows).toHaveLength(24);
  expect(depthOf(rows, minutesOf("03:00"))).toBe(180);
});

test("the day on which clocks go back has 25, and tells the two apart", () => {
  expect(autumn.again).toEqual([120, 180]);
  const rows = rowsOf([autumn]);
  expect(rows).toHaveLength(25);
  expect(depthOf(rows, minutesOf("02:30"))).toBe(150);
  expect(depthOf(rows, minutesOf("02:30"), true)).toBe(210);
  expect(depthOf(rows, minutesOf("03:00"))).toBe(240);
  expect(timeOf(minutesAt(rows, 200))).toBe("03:00"); // the second time can't be planned
  expect(clockNote(autumn)).toBe("Clocks go back: 02:00 to 03:00 comes twice");
});

test("changes of half an hour, and changes at midnight", () => {
  const howe = clockOf("2026-04-05", "Australia/Lord_Howe");
  expect(howe.again).toEqual([90, 120]);
  expect(heightOf(rowsOf([howe]))).toBe(24.5 * 60);
  expect(clockOf("2026-10-04", "Australia/Lord_Howe").skipped).toEqual([120, 150]);
  const santiago = clockOf("2026-09-06", "America/Santiago");
  expect(santiago.skipped).toEqual([0, 60]);
  expect(depthOf(rowsOf([santiago]), 60)).toBe(0);
  expect(clockOf("2026-04-04", "America/Santiago").again).toEqual([1380, 1440]);
  expect(rowsOf([clockOf("2026-04-04", "America/Santiago")]).at(-1)).toEqual({ start: 1380, length: 60, again: true });
});

test("the axis and back", () => {
  const rows = rowsOf([plain]);
  for (const time of ["00:00", "09:15", "23:59"])
    expect(timeOf(minutesAt(rows, depthOf(rows, minutesOf(time))))).toBe(time);
  expect(minutesAt(rows, 99_999)).toBe(1439);
  expect(minutesAt(rows, -5)).toBe(0);
});
