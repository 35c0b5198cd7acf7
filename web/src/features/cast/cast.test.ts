import { expect, test } from "vitest";
import type { Character } from "@/api/shapes";
import { contrast } from "./contrast";
import { changesOf, draftOf, readLines } from "./draft";

test.each([
  ["#000000", "#ffffff", 21],
  ["#ffffff", "#ffffff", 1],
  ["#777777", "#ffffff", 4.48],
  ["red", "#ffffff", 21],
])("contrast of %s on %s", (a, b, ratio) => expect(contrast(a, b)).toBeCloseTo(ratio, 1));

const nora = {
  id: "n",
  name: "Nora",
  persona: { traits: ["calm"] },
  palette: { ink: "#000000" },
} as unknown as Character;

test("only changed parts are sent, whole", () => {
  const draft = draftOf(nora);
  expect(changesOf(nora, draft)).toBeNull();
  expect(changesOf(nora, { ...draft, name: "Nora L." })).toEqual({ name: "Nora L." });
  const persona = { ...draft.persona, traits: ["calm", "exact"] };
  expect(changesOf(nora, { ...draft, persona })).toEqual({ persona });
});

test("lists are one per line", () => {
  expect(readLines(" calm \n\nexact\n")).toEqual(["calm", "exact"]);
});
