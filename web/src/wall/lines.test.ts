import { expect, test } from "vitest";
import { fitted, wrapped } from "./lines";

/** Every letter is as wide as the next. */
const measure = (text: string) => [...text].length;

test("a text is cut to a width, never through a letter", () => {
  expect(fitted(measure, "Pixel 7", 7)).toBe("Pixel 7");
  expect(fitted(measure, "Pixel 7 Pro", 7)).toBe("Pixel…");
  expect(fitted(measure, "🤖🤖🤖", 2)).toBe("🤖…");
  expect(fitted(measure, "Pixel", 0)).toBe("");
});

test("a sentence is broken into lines", () => {
  expect(wrapped(measure, "Pixel 8 is unauthorised: accept the prompt", 14, 4)).toEqual([
    "Pixel 8 is",
    "unauthorised:",
    "accept the",
    "prompt",
  ]);
});

test("what has no room is cut where one sees it", () => {
  expect(wrapped(measure, "accept the prompt on its screen", 10, 2)).toEqual(["accept the", "prompt on…"]);
  expect(wrapped(measure, "accept the pr on it", 10, 2)).toEqual(["accept the", "pr on it"]);
  expect(wrapped(measure, "incomprehensibilities", 10, 2)).toEqual(["incompreh…"]);
});
