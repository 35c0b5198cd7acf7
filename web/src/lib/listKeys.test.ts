import { expect, test } from "vitest";
import { isTyping, listStep } from "./listKeys";

test.each([
  ["j", -1, 3, 1, { kind: "move", index: 0 }],
  ["j", 2, 3, 1, { kind: "move", index: 2 }],
  ["k", 0, 3, 1, { kind: "move", index: 0 }],
  ["k", -1, 3, 1, { kind: "move", index: 0 }],
  ["ArrowDown", 1, 9, 4, { kind: "move", index: 5 }],
  ["ArrowDown", 7, 9, 4, { kind: "move", index: 8 }],
  ["ArrowRight", 1, 9, 4, { kind: "move", index: 2 }],
  ["ArrowRight", 1, 9, 1, null],
  ["End", 0, 3, 1, { kind: "move", index: 2 }],
  ["Enter", 1, 3, 1, { kind: "open", index: 1 }],
  ["Enter", -1, 3, 1, null],
  ["j", -1, 0, 1, null],
  ["x", 1, 3, 1, null],
])("%s at %d of %d in %d columns", (key, index, length, columns, step) => {
  expect(listStep(key, index, length, columns)).toEqual(step);
});

test("shortcuts leave fields alone", () => {
  const press = (target: object, more = {}) =>
    isTyping({ target, ctrlKey: false, metaKey: false, altKey: false, ...more } as never);
  expect(press({ tagName: "TEXTAREA" })).toBe(true);
  expect(press({ tagName: "INPUT", type: "text" })).toBe(true);
  expect(press({ tagName: "INPUT", type: "checkbox" })).toBe(false);
  expect(press({ tagName: "DIV" })).toBe(false);
  expect(press({ tagName: "DIV" }, { ctrlKey: true })).toBe(true);
});
