import { describe, expect, test } from "vitest";
import { allZones, instantOf, isZone, offsetMinutes, sameClock, wallAt, zoneCity } from "./zones";

describe("wall time to instant", () => {
  test.each([
    ["2026-11-22", "09:00", "Europe/Berlin", "2026-11-22T08:00:00.000Z", "once"],
    ["2026-07-01", "09:00", "Europe/Berlin", "2026-07-01T07:00:00.000Z", "once"],
    ["2026-01-01", "00:00", "Asia/Kathmandu", "2025-12-31T18:15:00.000Z", "once"],
    ["2026-06-15", "12:00", "Pacific/Auckland", "2026-06-15T00:00:00.000Z", "once"],
    // The clocks in Berlin go from 02:00 to 03:00 on 29 March and from 03:00 to 02:00 on 25 October 2026.
    ["2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z", "gap"],
    ["2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z", "once"],
    ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z", "twice"],
    ["2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z", "once"],
    // Lord Howe Island moves by half an hour.
    ["2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:45:00.000Z", "gap"],
  ])("%s %s in %s", (day, time, zone, expected, kind) => {
    const found = instantOf({ day, time }, zone);
    expect(found.instant.toISOString()).toBe(expected);
    expect(found.kind).toBe(kind);
  });

  test("a time in a gap is shown after the jump", () => {
    const { instant } = instantOf({ day: "2026-03-29", time: "02:30" }, "Europe/Berlin");
    expect(wallAt(instant, "Europe/Berlin")).toEqual({ day: "2026-03-29", time: "03:30" });
  });

  test("every hour of a year goes there and back", () => {
    for (const zone of ["America/St_Johns", "Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe"]) {
      for (let hour = 0; hour < 365 * 24; hour += 7) {
        const instant = new Date(Date.UTC(2026, 0, 1, hour));
        const found = instantOf(wallAt(instant, zone), zone);
        const apart = Math.abs(found.instant.getTime() - instant.getTime());
        expect(found.kind).not.toBe("gap");
        expect(apart).toBeLessThanOrEqual(found.kind === "once" ? 0 : 3_600_000);
      }
    }
  });
});

test("offsets follow the season", () => {
  expect(offsetMinutes(new Date("2026-01-10T12:00:00Z"), "America/New_York")).toBe(-300);
  expect(offsetMinutes(new Date("2026-07-10T12:00:00Z"), "America/New_York")).toBe(-240);
});

test("same clock is about the moment, not the name", () => {
  expect(sameClock("Europe/Berlin", "Europe/Paris", new Date("2026-05-01T00:00:00Z"))).toBe(true);
  expect(sameClock("Europe/London", "UTC", new Date("2026-01-01T00:00:00Z"))).toBe(true);
  expect(sameClock("Europe/London", "UTC", new Date("2026-07-01T00:00:00Z"))).toBe(false);
});

test("zone names", () => {
  expect(zoneCity("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(isZone("Europe/Berlin")).toBe(true);
  expect(isZone("Mars/Olympus")).toBe(false);
  expect(isZone("")).toBe(false);
  expect(allZones()).toContain("UTC");
});
