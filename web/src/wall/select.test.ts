import { expect, test } from "vitest";
import { chance } from "./chance";
import { layOut, layOutSingle, type Layout } from "./layout";
import { bandOf, NOTHING_SELECTED, select, type SelectEvent, type Selecting, takesKey } from "./select";

const SHAPES = Array.from({ length: 10 }, (_, index) => ({ id: `p${index}`, width: 90, height: 200 }));
const WALL = layOut(SHAPES, { width: 1440, height: 900 });
const plain = { toggle: false, range: false };
const toggle = { toggle: true, range: false };
const range = { toggle: false, range: true };

const middle = (index: number, wall: Layout = WALL) => {
  const tile = wall.tiles[index];
  if (!tile) throw new Error(`no tile ${index}`);
  return { x: tile.x + tile.width / 2, y: tile.y + tile.height / 2 };
};
const down = (index: number, keys = plain, pointer = 1): SelectEvent => ({
  kind: "down",
  pointer,
  at: middle(index),
  primary: true,
  ...keys,
});
const move = (index: number): SelectEvent => ({ kind: "move", pointer: 1, at: middle(index) });
const up = (index: number, keys = plain): SelectEvent => ({ kind: "up", pointer: 1, at: middle(index), ...keys });
const click = (index: number, keys = plain): SelectEvent[] => [down(index, keys), up(index, keys)];
const key = (name: string, keys = plain): SelectEvent => ({ kind: "key", key: name, ...keys });
const after = (events: SelectEvent[], from: Selecting = NOTHING_SELECTED, wall = WALL) =>
  events.reduce((state, event) => select(state, event, wall), from);
const chosen = (state: Selecting) => [...state.selected].sort();
const drag = (from: number, to: number, keys = plain) => [down(from, keys), move(to), up(to, keys)];

test.each<[string, SelectEvent[], string[]]>([
  ["a click selects one", click(3), ["p3"]],
  ["another click selects the other instead", [...click(3), ...click(4)], ["p4"]],
  ["Ctrl adds", [...click(3), ...click(4, toggle)], ["p3", "p4"]],
  ["Ctrl takes away", [...click(3), ...click(3, toggle)], []],
  ["Shift selects a range", [...click(2), ...click(5, range)], ["p2", "p3", "p4", "p5"]],
  ["Shift backwards", [...click(5), ...click(3, range)], ["p3", "p4", "p5"]],
  ["a second range begins where the first did", [...click(2), ...click(5, range), ...click(1, range)], ["p1", "p2"]],
  ["Shift with nothing selected", click(5, range), ["p5"]],
  [
    "Ctrl and Shift add a range",
    [...click(0), ...click(4, toggle), ...click(6, { toggle: true, range: true })],
    ["p0", "p4", "p5", "p6"],
  ],
  ["a drag across several", drag(1, 3), ["p1", "p2", "p3"]],
  ["a drag across two rows", drag(6, 2), ["p1", "p2", "p6", "p7"]],
  ["a drag replaces", [...click(9), ...drag(0, 1)], ["p0", "p1"]],
  ["a drag with Ctrl adds", [...click(9), ...drag(0, 1, toggle)], ["p0", "p1", "p9"]],
  ["Esc clears", [...click(3), key("Escape")], []],
  ["Esc in a drag brings back what was", [...click(9), down(0), move(3), key("Escape"), up(3)], ["p9"]],
  ["a cancelled pointer brings back what was", [...click(9), down(0), move(3), { kind: "cancel" }], ["p9"]],
  ["a second finger is no choice", [down(0), down(1, plain, 2), up(0)], []],
  ["another button is no choice", [{ ...down(0), primary: false } as SelectEvent, up(0)], []],
  ["arrows and Enter", [key("ArrowRight"), key("ArrowRight"), key("Enter")], ["p1"]],
  ["Enter at once takes the first", [key("Enter")], ["p0"]],
  ["space adds", [key("Enter"), key("End"), key(" ")], ["p0", "p9"]],
  ["Ctrl+Enter adds", [key("Enter"), key("End"), key("Enter", toggle)], ["p0", "p9"]],
  [
    "Shift+Enter takes a range",
    [key("Enter"), key("ArrowDown"), key("Enter", range)],
    ["p0", "p1", "p2", "p3", "p4", "p5"],
  ],
  [
    "Shift and arrows take a range",
    [...click(1), key("ArrowRight", range), key("ArrowRight", range)],
    ["p1", "p2", "p3"],
  ],
  ["Shift and arrows back", [...click(1), key("ArrowRight", range), key("ArrowLeft", range)], ["p1"]],
  ["Ctrl+A takes all", [key("a", toggle)], SHAPES.map((shape) => shape.id)],
  ["a phone that went is not selected", [...drag(1, 3), { kind: "phones", ids: ["p1", "p3"] }], ["p1", "p3"]],
  ["chosen from outside, known ones only", [{ kind: "choose", ids: ["p7", "x"] }], ["p7"]],
  ["what is touched is not selected", [...click(3), key("m"), { kind: "touch", id: "p5" }], ["p3"]],
  ["in act mode pointers select nothing", [key("m"), ...click(3)], []],
])("%s", (_name, events, ids) => {
  expect(chosen(after(events))).toEqual(ids);
});

test("a click on nothing clears, with Ctrl it does not", () => {
  const nowhere = { x: 1, y: 1 };
  const press = (keys: typeof plain): SelectEvent[] => [
    { kind: "down", pointer: 1, at: nowhere, primary: true, ...keys },
    { kind: "up", pointer: 1, at: nowhere, ...keys },
  ];
  expect(chosen(after([...click(1), ...press(plain)]))).toEqual([]);
  expect(chosen(after([...click(1), ...press(toggle)]))).toEqual(["p1"]);
});

test("a hand that trembles still clicks, and a band shows as it grows", () => {
  const at = middle(2);
  const state = after([down(2), { kind: "move", pointer: 1, at: { x: at.x + 3, y: at.y } }]);
  expect(bandOf(state)).toBeNull();
  expect(bandOf(after([down(0), move(2)]))?.width).toBe(middle(2).x - middle(0).x);
  expect(chosen(after([down(0), move(2)]))).toEqual(["p0", "p1", "p2"]);
  expect(chosen(after([down(0), move(2), move(1)]))).toEqual(["p0", "p1"]);
});

test("a phone that goes in the middle of a drag does not come back when the drag is given up", () => {
  const state = after([...click(9), down(0), move(3), { kind: "phones", ids: ["p0", "p1"] }, key("Escape")]);
  expect(chosen(state)).toEqual([]);
});

test("news of the same phones changes nothing", () => {
  const state = after(click(3));
  expect(select(state, { kind: "phones", ids: SHAPES.map((shape) => shape.id) }, WALL)).toBe(state);
});

test("one key shows one phone large and the wall again; arrows go through the phones", () => {
  const large = after([...click(4), key("f")]);
  expect(large.single).toBe("p4");
  const next = select(large, key("ArrowRight"), WALL);
  expect(next.single).toBe("p5");
  const wall = select(next, key("f"), WALL);
  expect([wall.single, wall.current]).toEqual([null, "p5"]);
  expect(select(large, { kind: "phones", ids: ["p1"] }, WALL).single).toBeNull();
  expect(select(NOTHING_SELECTED, key("f"), layOut([], { width: 9, height: 9 })).single).toBeNull();
});

test("the mode is one key away, and Esc leads back to selecting before it clears", () => {
  const acting = after([...click(4), key("m")]);
  expect([acting.mode, chosen(acting)]).toEqual(["act", ["p4"]]);
  expect(select(acting, key("PageDown"), WALL).current).toBe("p5");
  expect(select(acting, key("ArrowLeft"), WALL)).toBe(acting);
  const back = select(acting, key("Escape"), WALL);
  expect([back.mode, chosen(back)]).toEqual(["select", ["p4"]]);
  expect(after([down(0), move(2), { kind: "mode", mode: "act" }]).press).toEqual({ kind: "idle" });
});

test("keys that mean nothing here are left to the page", () => {
  expect(takesKey(NOTHING_SELECTED, "Tab", false)).toBe(false);
  expect(takesKey(NOTHING_SELECTED, "Escape", false)).toBe(false);
  expect(takesKey(NOTHING_SELECTED, "f", true)).toBe(false);
  expect(takesKey(NOTHING_SELECTED, "a", false)).toBe(false);
  expect(select(NOTHING_SELECTED, key("Tab"), WALL)).toBe(NOTHING_SELECTED);
});

test("whatever happens, only phones of the wall are selected and a finished gesture leaves nothing pressed", () => {
  const pick = chance(3);
  const keys = ["ArrowLeft", "ArrowDown", "Enter", " ", "Escape", "m", "f", "a", "Home", "PageUp"];
  let state = NOTHING_SELECTED;
  let there = SHAPES;
  let wall = WALL;
  for (let round = 0; round < 3_000; round++) {
    const keysHeld = { toggle: pick(0, 3) === 0, range: pick(0, 3) === 0 };
    const at = { x: pick(-50, 1500), y: pick(-50, 950) };
    const events: SelectEvent[] = [
      { kind: "down", pointer: pick(1, 2), at, primary: pick(0, 5) > 0, ...keysHeld },
      { kind: "move", pointer: pick(1, 2), at },
      { kind: "up", pointer: pick(1, 2), at, ...keysHeld },
      { kind: "cancel" },
      key(keys[pick(0, keys.length - 1)] ?? "m", keysHeld),
    ];
    if (pick(0, 50) === 0) {
      there = SHAPES.filter(() => pick(0, 4) > 0);
      state = select(state, { kind: "phones", ids: there.map((shape) => shape.id) }, wall);
    }
    const large = there.find((shape) => shape.id === state.single);
    const space = { width: 1440, height: 900 };
    wall = large ? layOutSingle(large, space) : layOut(there, space);
    const event = events[pick(0, events.length - 1)] as SelectEvent;
    state = select(state, event, layOut(there, space));
    const ids = new Set(there.map((shape) => shape.id));
    expect([...state.selected].every((id) => ids.has(id))).toBe(true);
    expect([state.current, state.single, state.anchor].every((id) => id === null || ids.has(id))).toBe(true);
    if (event.kind === "cancel" || state.mode === "act") expect(state.press.kind).toBe("idle");
  }
});

test("the phone that was touched last is the current one", () => {
  const acting = after([...click(1), key("m")]);
  expect(after([{ kind: "touch", id: "p5" }], acting).current).toBe("p5");
  expect(after([{ kind: "touch", id: "p1" }], acting)).toBe(acting);
});
