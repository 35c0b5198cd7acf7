import { expect, test } from "vitest";
import type { WallPhone } from "./phone";
import { NOTHING_SELECTED } from "./select";
import { actedWords, droppedWords, plain, selectionWords, spoken, staleWords } from "./words";

const phone = (number: number, more: Partial<WallPhone> = {}): WallPhone => ({
  id: `p${number}`,
  channel: number,
  number,
  name: "Pixel 7",
  tags: [],
  holder: null,
  battery: null,
  trouble: null,
  reference: { width: 1080, height: 2400 },
  attended: false,
  ...more,
});
const PHONES = [phone(1), phone(2), phone(3), phone(4), phone(5)];
const SEEN = { width: 272, height: 600, sequence: 1 };
const onto = (id: string) => ({ kind: "tap", phone: id, seen: SEEN, at: { x: 0, y: 0 }, held: 9 }) as const;

test.each([
  ["a\u0000b\u001b[31mc", "a b [31mc"],
  ["\u202eevil\u202c", "evil"],
  ["two\nlines\u2028three", "two lines three"],
  ["<b>x</b>", "<b>x</b>"],
  ["x".repeat(10_000), "x".repeat(200)],
  ["👩🏽‍🚀 می‌خواهم", "👩🏽‍🚀 می‌خواهم"],
])("%j is drawn as plain text", (text, shown) => {
  expect(plain(text)).toBe(shown);
});

test("a phone is read out with all that its label shows", () => {
  const full = phone(7, { holder: "Ada", battery: { level: 9, charging: false }, tags: ["desk", "de"] });
  expect(spoken(full, true)).toBe("7, Pixel 7; no fresh picture; held by Ada; battery 9 %, low; desk, de");
  expect(spoken(phone(8, { trouble: "offline since 14:02" }), true)).toBe("8, Pixel 7; offline since 14:02");
});

test("what is said of choosing", () => {
  const chosen = (...ids: string[]) => ({ ...NOTHING_SELECTED, selected: new Set(ids) });
  const say = (now: Parameters<typeof selectionWords>[1], before = NOTHING_SELECTED) =>
    selectionWords(before, now, PHONES);
  expect(say(chosen("p2"))).toBe("2 Pixel 7 selected");
  expect(say(chosen("p2", "p3"))).toBe("2 of 5 phones selected");
  expect(say(NOTHING_SELECTED, chosen("p1"))).toBe("Nothing selected");
  expect(say(chosen("p1"), chosen("p1"))).toBeNull();
  const from = { x: 0, y: 0 };
  const band = { kind: "banding", pointer: 1, from, to: from, before: new Set<string>(), adds: false } as const;
  expect(say({ ...chosen("p1", "p2"), press: band })).toBeNull();
  expect(say(chosen("p1", "p2"), { ...chosen("p1", "p2"), press: band })).toBe("2 of 5 phones selected");
  expect(say({ ...NOTHING_SELECTED, mode: "act" })).toContain("Act");
  expect(say({ ...NOTHING_SELECTED, single: "p4" })).toBe("4 Pixel 7 large");
});

test("what is said of acting: to whom it went, and who was left out and why", () => {
  expect(actedWords("tap", { aimed: [onto("p1")], left: [] }, PHONES)).toBe("Tap on 1 Pixel 7");
  const left = [{ phone: "p3", why: "stale" as const }];
  expect(actedWords("swipe", { aimed: [onto("p1"), onto("p2")], left }, PHONES)).toBe(
    "Swipe on 2 phones; left out: 3 Pixel 7 (no fresh picture)",
  );
  const none = PHONES.map(({ id }) => ({ phone: id, why: "offline" as const }));
  expect(actedWords("tap", { aimed: [], left: none }, PHONES)).toMatch(/^Nothing was sent; .* and 2 more$/);
  const attended = [{ phone: "p1", why: "attended" as const }];
  expect(actedWords("tap", { aimed: [], left: attended }, PHONES)).toContain("one phone at a time");
  expect(droppedWords({ kind: "dropped", phone: "p2", why: "turned" }, PHONES)).toBe(
    "2 Pixel 7: nothing was sent, the phone turned",
  );
});

test.each([
  [400, "No fresh picture"],
  [5_400, "No fresh picture for 5 s"],
  [600_000, "No fresh picture for 10 min"],
])("stale for %d ms", (age, words) => {
  expect(staleWords(age)).toBe(words);
});
