import { expect, test } from "vitest";
import { firstGuess, splitWall, tellWhen, whenFault } from "./when";

const now = new Date("2026-11-21T09:00:00Z");

test.each([
  [{ wall: "2026-11-22T09:00", zone: "Europe/Berlin" }, null],
  [{ wall: "2026-11-21T10:01", zone: "Europe/Berlin" }, null],
  [{ wall: "2026-11-21T10:00", zone: "Europe/Berlin" }, /passed/],
  [{ wall: "2027-03-28T02:30", zone: "Europe/Berlin" }, /jump over/],
  [{ wall: "", zone: "Europe/Berlin" }, /day and a time/],
  [{ wall: "2026-11-22T09:00", zone: "Nowhere" }, /zone/],
])("%j", (moment, fault) => {
  const said = whenFault(moment, now);
  if (fault) expect(said).toMatch(fault);
  else expect(said).toBeNull();
});

test("both clocks are told where they differ", () => {
  const moment = { wall: "2026-11-22T09:00", zone: "Europe/Berlin" };
  expect(tellWhen(moment, "Europe/Berlin", now)).toBe("Sun 22 Nov, 09:00 in Berlin");
  expect(tellWhen(moment, "Europe/Paris", now)).toBe("Sun 22 Nov, 09:00 in Berlin");
  expect(tellWhen(moment, "Asia/Tokyo", now)).toBe("Sun 22 Nov, 09:00 in Berlin, Sun 22 Nov, 17:00 for you in Tokyo");
});

test("a time that comes twice says which is taken", () => {
  expect(tellWhen({ wall: "2027-10-31T02:30", zone: "Europe/Berlin" }, "Europe/Berlin", now)).toMatch(
    /first is taken$/,
  );
});

test("the first guess is tomorrow on the client's wall", () => {
  expect(firstGuess(new Date("2026-11-21T20:00:00Z"), "Asia/Tokyo")).toBe("2026-11-23T09:00");
  expect(firstGuess(now, "UTC", "2026-12-01")).toBe("2026-12-01T09:00");
  expect(firstGuess(now, "UTC", "2026-11-01")).toBe("2026-11-22T09:00");
  expect(splitWall("2026-11-22T09:00:30")).toEqual({ day: "2026-11-22", time: "09:00" });
});
