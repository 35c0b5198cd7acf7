import { expect, test } from "vitest";
import type { Account } from "@/api/shapes";
import { paceChange, paceDraft, paceFaults } from "./pace";

const account = {
  pace: { daily_cap: 4, minutes_apart: 0, ramp: null, today: "2026-11-22" },
} as Account;

test("what is untouched is not sent", () => {
  expect(paceChange(account, paceDraft(account))).toEqual({});
  expect(paceChange(account, { cap: " 4 ", apart: "15", ramp: false })).toEqual({ minutes_apart: 15 });
});

test("a ramp begins on the client's day, and ends with null", () => {
  expect(paceChange(account, { ...paceDraft(account), ramp: true })).toEqual({ ramp_from: "2026-11-22" });
  const ramping = { pace: { ...account.pace, ramp: { phase: 1 } } } as Account;
  expect(paceChange(ramping, { ...paceDraft(ramping), ramp: false })).toEqual({ ramp_from: null });
});

test.each([
  ["0", "0", ["cap"]],
  ["501", "1441", ["cap", "apart"]],
  ["4.5", "-1", ["cap", "apart"]],
  ["500", "1440", []],
])("%s a day, %s apart", (cap, apart, wrong) =>
  expect(Object.keys(paceFaults({ cap, apart, ramp: false }))).toEqual(wrong),
);
