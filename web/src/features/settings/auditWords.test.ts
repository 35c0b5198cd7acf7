import { expect, test } from "vitest";
import { actionWords, sideWords } from "./auditWords";

test("an action has words, also one that is new", () => {
  expect(actionWords("client.created")).toBe("added a client");
  expect(actionWords("phone.broken_in")).toBe("took a phone over from its holder");
  expect(actionWords("vault.key_rotated")).toBe("vault key rotated");
});

test.each([
  [null, ""],
  [undefined, ""],
  ["Ada", "Ada"],
  [0, "0"],
  [false, "false"],
  [["a", 1], '["a",1]'],
  ["2026-11-22T09:00", "2026-11-22T09:00"],
  ["2026-13-45T99:00:00Z", "2026-13-45T99:00:00Z"],
  ["2026-11-22T08:00:05.123456+00:00", "Sunday 22 November 2026 at 09:00:05, Europe/Berlin (UTC+1)"],
  ["2026-07-01T22:30:00Z", "Thursday 2 July 2026 at 00:30:00, Europe/Berlin (UTC+2)"],
])("%o is shown as %s", (value, shown) => {
  expect(sideWords(value, "Europe/Berlin")).toBe(shown);
});
