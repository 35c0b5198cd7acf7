import { expect, test } from "vitest";
import { DAILY, readRule, sayRule, type SimpleRule, writeRule } from "./rule";

const simple = (more: Partial<SimpleRule>): SimpleRule => ({ ...DAILY, ...more });

test.each<[Partial<SimpleRule>, string, string]>([
  [{}, "FREQ=DAILY", "every day"],
  [{ interval: 3 }, "FREQ=DAILY;INTERVAL=3", "every 3 days"],
  [{ every: "week", days: ["TH", "MO"] }, "FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"],
  [{ every: "week", days: ["MO", "TU", "WE", "TH", "FR"] }, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Monday to Friday"],
  [{ every: "week", interval: 2, days: ["SA"] }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "every 2 weeks on Saturday"],
  [{ every: "month", monthDay: 15 }, "FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15"],
  [
    { every: "month", monthDay: -1, count: 6 },
    "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6",
    "every month on its last day, 6 times",
  ],
  [{ until: "2026-12-31" }, "FREQ=DAILY;UNTIL=20261231T235900", "every day, until 2026-12-31"],
])("%j is %s", (more, text, words) => {
  expect(writeRule(simple(more))).toBe(text);
  expect(writeRule(readRule(text) ?? DAILY)).toBe(text);
  expect(sayRule(text)).toBe(words);
});

test("what the choices can't say is left as it was written", () => {
  for (const text of [
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=YEARLY",
    "FREQ=DAILY;BYHOUR=9,17",
    "0 9 * * 1-5",
    "FREQ=MONTHLY",
    "",
  ])
    expect(readRule(text)).toBeNull();
  expect(sayRule("0 9 * * 1-5")).toBe("cron 0 9 * * 1-5");
  expect(sayRule("RRULE:FREQ=YEARLY")).toBe("FREQ=YEARLY");
  expect(sayRule(null)).toBe("every day");
});
