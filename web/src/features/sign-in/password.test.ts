import { expect, test } from "vitest";
import { passwordFault } from "./password";

test.each([
  ["short", "", /at least 10/],
  ["aaaaaaaaaaaa", "", /over and over/],
  ["marianne-2026!", "marianne@example.org", /e-mail/],
])("%s is refused", (password, email, fault) => expect(passwordFault(password, email)).toMatch(fault));

test.each([
  ["four green curtains", "marianne@example.org"],
  ["👩‍🚀🎭🎬📼🎥🎞️🟢🚪", ""],
])("%s is taken", (password, email) => expect(passwordFault(password, email)).toBeNull());
