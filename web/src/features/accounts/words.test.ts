import { expect, test } from "vitest";
import type { Account, AccountMove } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { accountState, accountsWords, healthWord, linkFailure, moverOf, todayWords } from "./words";

const account = {
  state: "active",
  needs_reconnect: false,
  pace: { ramp: null, cap_today: 3, used_today: 1 },
} as Account;

test("a dead login is said before anything else", () => {
  expect(accountState(account).word).toBe("Active");
  expect(accountState({ ...account, needs_reconnect: true }).word).toBe("Not connected");
  expect(accountState({ ...account, state: "paused", needs_reconnect: true }).kind).toBe("broken");
});

test("a state and a platform that this page does not know yet are still said", () => {
  expect(accountState({ ...account, state: "banned" })).toMatchObject({ kind: "broken", word: "Banned" });
  expect(platformName("bluesky")).toBe("Bluesky");
  expect(platformName("gopher")).toBe("gopher");
});

test("why nothing was linked is said, whatever stands in the address", () => {
  expect(linkFailure("other-account")).toContain("another account");
  expect(linkFailure("<b>x</b>")).toContain("Link the account again");
});

test("what is left of the day is said, also when it is too much", () => {
  expect(todayWords(account)).toBe("2 left today");
  expect(todayWords({ ...account, pace: { ...account.pace, used_today: 3 } })).toBe("full today");
  expect(todayWords({ ...account, pace: { ...account.pace, used_today: 5 } })).toBe("over today’s cap");
});

test("a server that is down is said while the account may post", () => {
  const away = { ...account, server_down_at: "2026-11-21T09:00:00Z" };
  expect(accountState(away).word).toBe("Server down");
  expect(accountState({ ...away, state: "paused" }).word).toBe("Paused");
});

test("who made a move", () => {
  const move = { by: "rule", who: "its health" } as AccountMove;
  expect(moverOf(move)).toBe("A rule: its health");
  expect(moverOf({ ...move, by: "platform", who: "Bluesky" })).toBe("Bluesky, the platform");
  expect(moverOf({ ...move, by: "person", who: "Ada" })).toBe("Ada");
});

test.each([
  [100, "good"],
  [80, "good"],
  [79, "fair"],
  [50, "fair"],
  [49, "poor"],
])("a health of %i is %s", (score, word) => expect(healthWord(score).word).toBe(word));

test("the page says who waits for a person", () => {
  const paused = { ...account, state: "paused" } as Account;
  const dead = { ...account, needs_reconnect: true };
  expect(accountsWords([account, account])).toBe("2 accounts, all posting");
  expect(accountsWords([account, dead, paused, paused])).toBe("1 account to connect again, 2 that may not post");
  expect(accountsWords([paused])).toBe("1 that may not post");
});
