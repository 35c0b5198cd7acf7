import { expect, test } from "vitest";
import type { Schedule } from "@/api/schedules";
import { draftOf, missing, newDraft, reordered, sent } from "./draft";

const fresh = () => newDraft("2026-11-21", "Europe/Berlin", ["a"]);

test("a new draft is a daily rule from tomorrow on", () => {
  expect(missing(fresh())).toBeNull();
  expect(sent(fresh(), "Mornings")).toMatchObject({
    name: "Mornings",
    kind: "rule",
    rule: "FREQ=DAILY",
    start: "2026-11-22T09:00",
    window: null,
  });
});

test("each kind sends what belongs to it and nothing else", () => {
  const window = sent({ ...fresh(), kind: "window", pattern: "rotate" });
  expect(window).toMatchObject({ window: { opens: "17:00" }, start: "2026-11-22T00:00", pattern: "rotate" });
  expect(sent({ ...fresh(), kind: "slots", pattern: "rotate" })).toMatchObject({
    rule: null,
    window: null,
    pattern: "each",
  });
  expect(sent({ ...fresh(), by: "text", text: " 0 9 * * 1 " }).rule).toBe("0 9 * * 1");
});

test("what is missing is said", () => {
  expect(missing({ ...fresh(), accounts: [] })).toMatch(/account/);
  expect(missing({ ...fresh(), by: "text" })).toMatch(/cron/);
  expect(missing({ ...fresh(), day: "" })).toMatch(/day/);
});

test("a schedule comes back as it was written", () => {
  const schedule = { ...sent(fresh(), "Mornings"), id: "s", seed: "7f", rule: "FREQ=YEARLY", state: "active" };
  const draft = draftOf(schedule as unknown as Schedule);
  expect(draft).toMatchObject({ by: "text", text: "FREQ=YEARLY", day: "2026-11-22", time: "09:00", seed: "7f" });
  expect(sent(draft)).toMatchObject({ rule: "FREQ=YEARLY", start: "2026-11-22T09:00", name: "Mornings" });
});

test("a queue in another order", () => {
  expect(reordered(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(reordered(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(reordered(["a", "b", "c"], 1, 9)).toEqual(["a", "c", "b"]);
  expect(reordered(["a"], 4, 0)).toEqual(["a"]);
});
