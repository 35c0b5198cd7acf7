import { expect, test } from "vitest";
import { matches } from "./matches";

test.each([
  ["Make a video", "ma vi", true],
  ["Theme: dark", "dark", true],
  ["Zoë Ångström", "ang", true],
  ["Make a video", "ideo", false],
  ["ليلى", "لي", true],
  ["Board", "", true],
])("%s by %s", (name, typed, found) => expect(matches(name, typed)).toBe(found));
