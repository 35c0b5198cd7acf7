import { expect, test } from "vitest";
import { faultsOf, wordsFor } from "./brief";

const good = { character: "c", topic: "Tides", text: "", format: "story", seconds: 30 };

test("a good brief has no faults", () => expect(faultsOf(good)).toEqual({}));

test.each([
  [{ topic: "   " }, "topic"],
  [{ topic: "x".repeat(201) }, "topic"],
  [{ character: "" }, "character"],
  [{ format: "" }, "format"],
  [{ text: "é".repeat(500_001) }, "text"],
])("%j", (change, field) => expect(Object.keys(faultsOf({ ...good, ...change }))).toEqual([field]));

test("200 characters are counted as people count them", () => {
  expect(faultsOf({ ...good, topic: "🎭".repeat(200) })).toEqual({});
});

test("words for a length", () => {
  expect(wordsFor(15)).toBe(35);
  expect(wordsFor(60)).toBe(145);
});
