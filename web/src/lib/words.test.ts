import { expect, test } from "vitest";
import { type Piece, wordDiff } from "./words";

const told = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => (kind === "same" ? text : `${kind === "gone" ? "-" : "+"}[${text}]`)).join("");
const side = (pieces: readonly Piece[], hidden: Piece["kind"]) =>
  pieces
    .filter(({ kind }) => kind !== hidden)
    .map(({ text }) => text)
    .join("");

test.each([
  ["the same words", "the same words", "the same words"],
  ["a calm voice", "a dry voice", "a -[calm]+[dry] voice"],
  ["", "new", "+[new]"],
  ["old", "", "-[old]"],
  ["", "", ""],
  ["one two three", "one three", "one -[two ]three"],
  ["a very calm voice", "a rather dry voice", "a -[very calm]+[rather dry] voice"],
  ["家計の話", "家計の本", "家計の-[話]+[本]"],
  ["👩🏽‍🚀 goes", "👨‍👩‍👧 goes", "-[👩🏽‍🚀]+[👨‍👩‍👧] goes"],
])("%j to %j", (before, after, expected) => expect(told(wordDiff(before, after))).toBe(expected));

test("both sides are whole, whatever differs", () => {
  const alphabet = ["sea", " ", "tide", "\n", "moon", ", ", "é", "-"];
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  const text = () => Array.from({ length: next(14) }, () => alphabet[next(alphabet.length)]).join("");
  for (let round = 0; round < 500; round++) {
    const [before, after] = [text(), text()];
    const pieces = wordDiff(before, after);
    expect([side(pieces, "new"), side(pieces, "gone")], JSON.stringify([before, after])).toEqual([before, after]);
    expect(pieces.every(({ text }) => text !== "")).toBe(true);
  }
});

test("texts without end are shown as replaced, soon", () => {
  const long = (word: string) => `${word} `.repeat(20_000);
  const began = performance.now();
  expect(wordDiff(long("sea"), long("sky")).filter(({ kind }) => kind !== "same")).toHaveLength(2);
  expect(performance.now() - began).toBeLessThan(2000);
});
