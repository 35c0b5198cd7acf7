import { expect, test } from "vitest";
import type { Account } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { accountState, linkFailure } from "./words";

const account = { state: "active", needs_reconnect: false } as Account;

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
