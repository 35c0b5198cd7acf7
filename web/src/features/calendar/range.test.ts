import { expect, test } from "vitest";
import { shownDays, shownName, turned } from "./range";

test("what each view shows", () => {
  expect(shownDays("week", "2026-11-22")).toMatchObject({ first: "2026-11-16", last: "2026-11-22" });
  expect(shownDays("week", "2026-11-16").days).toHaveLength(7);
  expect(shownDays("month", "2026-11-22")).toMatchObject({ first: "2026-10-26", last: "2026-12-06" });
  expect(shownDays("list", "2026-11-22")).toMatchObject({ first: "2026-11-01", last: "2026-11-30" });
  expect(shownDays("day", "2026-11-22").days).toEqual(["2026-11-22"]);
});

test("steps", () => {
  expect(turned("day", "2026-11-30", 1)).toBe("2026-12-01");
  expect(turned("week", "2026-11-30", -1)).toBe("2026-11-23");
  expect(turned("month", "2026-01-31", -1)).toBe("2025-12-01");
});

test("names", () => {
  expect(shownName("week", "2026-11-22", "2026-11-21")).toBe("16 to 22 November 2026");
  expect(shownName("week", "2026-12-01", "2026-11-21")).toBe("30 November to 6 December 2026");
  expect(shownName("month", "2026-11-22", "2026-11-21")).toBe("November 2026");
});
