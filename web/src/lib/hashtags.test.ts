import { expect, test } from "vitest";
import { readHashtags, showHashtags } from "./hashtags";

test.each([
  ["#one #two", ["one", "two"]],
  ["one, two;three", ["one", "two", "three"]],
  ["#one#two #ONE", ["one", "two"]],
  ["  ", []],
  ["#größe #مرحبا #a-b", ["größe", "مرحبا", "ab"]],
])("%s", (text, tags) => expect(readHashtags(text)).toEqual(tags));

test("shown with one # each", () => {
  expect(showHashtags(["a", "#b"])).toBe("#a #b");
});
