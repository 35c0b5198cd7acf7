import { expect, test } from "vitest";
import { MIDDLE, stroke, type Stroke, strokeEvents } from "./crosshair";

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

test.each([
  [{ kind: "press" }, ["down"]],
  [{ kind: "release" }, ["up"]],
  [{ kind: "move", to: MIDDLE }, ["move"]],
  [{ kind: "text" }, ["down"]],
  [{ kind: "long tap" }, ["down", "up"]],
] as const)("%o is a finger's %o", (made: Stroke, expected) => {
  const tile = { x: 0, y: 0, width: 90, height: 200 };
  const glass = { id: "a", tile, reference: tile, seen: null, stale: false };
  const events = strokeEvents(made, { pointer: -1, at: { x: 1, y: 1 }, time: 5 }, glass);
  expect(events.map((event) => event.kind)).toEqual(expected);
  const [first, last] = [events[0], events.at(-1)];
  expect(first?.kind === "down" && first.menu).toBe(made.kind === "text");
  if (made.kind === "long tap") expect(last?.kind === "up" && last.time - 5).toBeGreaterThanOrEqual(500);
});
