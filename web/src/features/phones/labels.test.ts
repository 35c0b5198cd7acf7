import { expect, test } from "vitest";
import { added, tooLongWords } from "./labels";

test("what is typed is parted by commas and never cut", () => {
  expect(added(["red"], " left, red ,, top ")).toEqual(["red", "left", "top"]);
  expect(added(["red"], "  ")).toEqual(["red"]);
  expect(added([], "x".repeat(52))).toEqual(["x".repeat(52)]);
});

test("a word that is too long is named with its length, counted as people count", () => {
  expect(tooLongWords(["red", "x".repeat(40), "🎭".repeat(40)])).toBeNull();
  expect(tooLongWords(["red", "ab".repeat(26)])).toMatch(/^“abababababababab…” has 52 characters; at most 40 fit\./);
  expect(tooLongWords(["🎭".repeat(41)])).toMatch(/has 41 characters/);
});
