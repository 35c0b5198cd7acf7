import { expect, test } from "vitest";
import { MIDDLE, stroke } from "./crosshair";

const press = (key: string, more = {}) => stroke(MIDDLE, { key, down: true, repeat: false, shift: false, ...more });

test.each([
  ["ArrowLeft", {}, { kind: "move", to: { x: 0.48, y: 0.5 } }],
  ["ArrowDown", { shift: true }, { kind: "move", to: { x: 0.5, y: 0.6 } }],
  ["ArrowDown", { repeat: true }, { kind: "move", to: { x: 0.5, y: 0.52 } }],
  ["ArrowDown", { down: false }, null],
  ["Enter", {}, { kind: "press" }],
  ["Enter", { repeat: true }, null],
  [" ", { down: false }, { kind: "release" }],
  ["l", {}, { kind: "long tap" }],
  ["l", { repeat: true }, null],
  ["t", {}, { kind: "text" }],
  ["ContextMenu", {}, { kind: "text" }],
  ["Tab", {}, null],
])("%s with %o", (key, more, expected) => {
  expect(press(key, more)).toEqual(expected);
});

test("the crosshair stays on the glass", () => {
  const keys = { key: "ArrowUp", down: true, repeat: false, shift: true };
  expect(stroke({ x: 0.5, y: 0.04 }, keys)).toEqual({ kind: "move", to: { x: 0.5, y: 0 } });
});
