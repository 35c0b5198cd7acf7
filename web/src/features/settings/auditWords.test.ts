import { expect, test } from "vitest";
import { actionWords, sideWords } from "./auditWords";

test("an action has words, also one that is new", () => {
  expect(actionWords("client.created")).toBe("added a client");
  expect(actionWords("vault.key_rotated")).toBe("vault key rotated");
});

test.each([
  [null, ""],
  [undefined, ""],
  ["Ada", "Ada"],
  [0, "0"],
  [false, "false"],
  [["a", 1], '["a",1]'],
])("%o is shown as %s", (value, shown) => {
  expect(sideWords(value)).toBe(shown);
});
