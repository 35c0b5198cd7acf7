import { expect, test } from "vitest";
import type { Script } from "@/api/shapes";
import { changesOf } from "./changes";

const script: Script = {
  title: "Tides",
  hook: "Why does the sea breathe?",
  beats: [{ id: "b1", narration: "Twice a day.", on_screen: "2 × a day", picture: "wave", source: null }],
  closing: "Look tomorrow.",
  caption: "Tides",
  hashtags: ["sea"],
  sources: [],
  language: "en",
  notes: [],
  edited: false,
};

test("nothing changed, nothing sent", () => {
  expect(changesOf(script, structuredClone(script))).toBeNull();
});

test("only what changed is sent", () => {
  const beats = [{ ...script.beats[0]!, narration: "Every twelve hours." }];
  expect(changesOf(script, { ...script, beats, closing: "Go and look." })).toEqual({ beats, closing: "Go and look." });
});

test("a source alone is no edit", () => {
  expect(changesOf(script, { ...script, sources: ["x"] })).toBeNull();
});
