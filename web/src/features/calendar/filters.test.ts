import { expect, test } from "vitest";
import type { Account, Post } from "@/api/shapes";
import { accountsLeft, countFilters, postsLeft } from "./filters";

const accounts = [
  { id: "a", platform: "page", character_id: "mara" },
  { id: "b", platform: "bluesky", character_id: "mara" },
  { id: "c", platform: "bluesky", character_id: null },
] as Account[];
const posts = accounts.map((account, index) => ({
  id: String(index),
  state: index ? "scheduled" : "published",
  account: { id: account.id, platform: account.platform },
})) as Post[];
const left = (filters: object) => postsLeft(posts, filters, accounts).map((post) => post.account.id);

test("each filter by itself and all together", () => {
  expect(left({})).toEqual(["a", "b", "c"]);
  expect(left({ platform: "bluesky" })).toEqual(["b", "c"]);
  expect(left({ character: "mara" })).toEqual(["a", "b"]);
  expect(left({ character: "mara", state: "scheduled" })).toEqual(["b"]);
  expect(left({ account: "c", state: "published" })).toEqual([]);
  expect(accountsLeft(accounts, { platform: "bluesky", character: "mara" }).map((one) => one.id)).toEqual(["b"]);
  expect(countFilters({ account: "c", state: "published" })).toBe(2);
});
