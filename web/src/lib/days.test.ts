import { expect, test } from "vitest";
import { addDays, addMonths, dayName, daysBetween, gaps, isDay, isMonth, monthGrid } from "./days";

test("a day is a day when the clocks change", () => {
  expect(addDays("2026-03-28", 1)).toBe("2026-03-29");
  expect(addDays("2026-03-29", 1)).toBe("2026-03-30");
  expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
  expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
});

test("months wrap", () => {
  expect(addMonths("2026-12", 1)).toBe("2027-01");
  expect(addMonths("2026-01", -1)).toBe("2025-12");
  expect(addMonths("2026-11", -12)).toBe("2025-11");
});

test.each([
  ["2026-11", 6, "2026-10-26", "2026-12-06"],
  ["2027-02", 4, "2027-02-01", "2027-02-28"],
  ["2026-08", 6, "2026-07-27", "2026-09-06"],
])("the grid of %s", (month, weeks, first, last) => {
  const grid = monthGrid(month);
  expect(grid).toHaveLength(weeks);
  expect(grid[0]?.[0]).toBe(first);
  expect(grid.at(-1)?.[6]).toBe(last);
  expect(new Set(grid.flat()).size).toBe(weeks * 7);
});

test("a grid may begin on Sunday", () => {
  expect(monthGrid("2026-11", 0)[0]?.[0]).toBe("2026-11-01");
});

test("gaps are the days with nothing", () => {
  expect(gaps("2026-11-21", 4, new Set(["2026-11-22", "2026-11-24"]))).toEqual(["2026-11-21", "2026-11-23"]);
});

test("what is a day and a month", () => {
  expect(isDay("2026-02-29")).toBe(false);
  expect(isDay("2026-02-28")).toBe(true);
  expect(isDay("tomorrow")).toBe(false);
  expect(isMonth("2026-13")).toBe(false);
  expect(isMonth("2026-12")).toBe(true);
});

test("a day by name, with its year where it is another one", () => {
  expect(dayName("2026-11-22")).toBe("Sunday 22 November");
  expect(dayName("2026-11-22", "2026-01-01")).toBe("Sunday 22 November");
  expect(dayName("2027-01-01", "2026-12-31")).toBe("Friday 1 January 2027");
});
