import { describe, expect, test } from "vitest";
import { act, type ActEvent, type Acted, type Acting, isLong, LONG_MS, MOST_SAMPLES, NOT_ACTING } from "./act";
import { chance } from "./chance";
import { type Glass } from "./glass";

// 270 × 600 on the glass for a screen of 1080 × 2400: the box is 25 wide, from 87.5 to 112.5 around 100.
const GLASS: Glass = {
  id: "p1",
  tile: { x: 0, y: 0, width: 270, height: 600 },
  reference: { width: 1080, height: 2400 },
  seen: { width: 272, height: 600, sequence: 9 },
  stale: false,
};
const down = (x = 100, y = 100, more: Partial<Extract<ActEvent, { kind: "down" }>> = {}): ActEvent => ({
  kind: "down",
  pointer: 1,
  at: { x, y },
  time: 1000,
  glass: GLASS,
  menu: false,
  ...more,
});
const move = (x: number, y: number, time = 1100, pointer = 1): ActEvent => ({
  kind: "move",
  pointer,
  at: { x, y },
  time,
});
const up = (x = 100, y = 100, time = 1100, pointer = 1): ActEvent => ({ kind: "up", pointer, at: { x, y }, time });

function run(...events: ActEvent[]): { state: Acting; made: Exclude<Acted["made"], null>[] } {
  let state: Acting = NOT_ACTING;
  const made = [];
  for (const event of events) {
    const step = act(state, event);
    state = step.state;
    if (step.made) made.push(step.made);
  }
  return { state, made };
}

const kinds = (...events: ActEvent[]) =>
  run(...events).made.map((one) => (one.kind === "dropped" ? one.why : one.kind));

test.each<[string, ActEvent[], string[]]>([
  ["released at once", [down(), up()], ["tap"]],
  ["released just under half a second", [down(), up(100, 100, 1000 + LONG_MS - 1)], ["tap"]],
  ["released at half a second", [down(), up(100, 100, 1000 + LONG_MS)], ["long tap"]],
  ["held for long", [down(), up(100, 100, 9000)], ["long tap"]],
  ["trembling inside the box", [down(), move(110, 90), up(112, 88)], ["tap"]],
  ["leaving the box", [down(), move(113, 100), up(150, 100)], ["swipe"]],
  ["leaving the box and coming back", [down(), move(130, 100), move(100, 100), up()], ["swipe"]],
  ["leaving it with the last event", [down(), up(100, 180)], ["swipe"]],
  ["leaving it after a long hold", [down(), move(101, 100, 1900), up(100, 300, 2100)], ["swipe"]],
  ["the right button", [down(100, 100, { menu: true }), up()], ["text"]],
  ["the right button during a press", [down(), down(100, 100, { menu: true }), up()], ["tap"]],
  ["beside the phones", [down(100, 100, { glass: null }), up()], []],
  ["a phone without a picture", [down(100, 100, { glass: { ...GLASS, seen: null } }), up()], ["no picture"]],
  ["a phone whose picture is stale", [down(100, 100, { glass: { ...GLASS, stale: true } }), up()], ["stale"]],
  ["a second finger", [down(), down(120, 120, { pointer: 2 }), up()], ["second finger"]],
  ["another pointer moving", [down(), move(200, 200, 1050, 2), up()], ["tap"]],
  ["another pointer released", [down(), up(0, 0, 1050, 2), up()], ["tap"]],
  ["cancelled", [down(), { kind: "end", why: "cancelled" }, up()], ["cancelled"]],
  ["capture lost", [down(), { kind: "end", why: "lost" }, up()], ["lost"]],
  ["capture lost after the release", [down(), up(), { kind: "end", why: "lost" }], ["tap"]],
  ["window left", [down(), move(200, 100), { kind: "end", why: "left window" }, up()], ["left window"]],
  ["Esc", [down(), { kind: "end", why: "given up" }, up()], ["given up"]],
  ["the phone disappears", [down(), { kind: "glass", glass: null }, up()], ["gone"]],
  [
    "the phone turns",
    [down(), { kind: "glass", glass: { ...GLASS, seen: { width: 600, height: 272, sequence: 10 } } }],
    ["turned"],
  ],
  [
    "the tile moves away",
    [down(), { kind: "glass", glass: { ...GLASS, tile: { ...GLASS.tile, x: 40 } } }, up()],
    ["moved"],
  ],
  ["the picture freezes", [down(), { kind: "glass", glass: { ...GLASS, stale: true } }, up()], ["stale"]],
  [
    "a sharper picture of the same shape",
    [down(), { kind: "glass", glass: { ...GLASS, seen: { width: 576, height: 1280, sequence: 10 } } }, up()],
    ["tap"],
  ],
])("%s", (_name, events, expected) => {
  expect(kinds(...events)).toEqual(expected);
  expect(run(...events).state).toEqual(NOT_ACTING);
});

test("on a small tile the box is still twelve pixels", () => {
  const small = { ...GLASS, tile: { x: 0, y: 0, width: 36, height: 80 } };
  expect(kinds(down(20, 20, { glass: small }), move(25, 20), up(25, 20))).toEqual(["tap"]);
  expect(kinds(down(20, 20, { glass: small }), move(27, 20), up(27, 20))).toEqual(["swipe"]);
});

test("a tap is where the finger came down, with the frame that was seen", () => {
  expect(run(down(135, 300), move(140, 305), up(140, 305, 1250)).made).toEqual([
    { kind: "tap", phone: "p1", seen: GLASS.seen, at: { x: 0.5, y: 0.5 }, held: 250 },
  ]);
});

test("a swipe keeps its path and its times, and stays on the glass", () => {
  const { made } = run(down(135, 300), move(135, 150, 1040), move(135, -90, 1090), up(135, -90, 1120));
  expect(made).toEqual([
    {
      kind: "swipe",
      phone: "p1",
      seen: GLASS.seen,
      duration: 120,
      path: [
        { x: 0.5, y: 0.5, t: 0 },
        { x: 0.5, y: 0.25, t: 40 },
        { x: 0.5, y: 0, t: 90 },
        { x: 0.5, y: 0, t: 120 },
      ],
    },
  ]);
});

describe("however long a swipe is", () => {
  const pick = chance(5);
  const events: ActEvent[] = [down()];
  let time = 1000;
  for (let index = 0; index < 5_000; index++) {
    time += pick(-3, 12);
    events.push(move(pick(-200, 500), index === 50 ? NaN : pick(-200, 900), time));
  }
  events.push(up(250, 590, time + 20));
  const [made] = run(...events).made;
  if (made?.kind !== "swipe") throw new Error("no swipe");

  test("its samples are bounded, in order of time, on the glass", () => {
    expect(made.path.length).toBeLessThanOrEqual(MOST_SAMPLES);
    expect(made.path.length).toBeGreaterThan(MOST_SAMPLES / 3);
    expect(made.path.every((one, index) => one.t >= (made.path[index - 1]?.t ?? 0))).toBe(true);
    expect(made.path.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
  });

  test("it begins and ends where the finger did", () => {
    expect(made.path[0]).toEqual({ x: 100 / 270, y: 100 / 600, t: 0 });
    expect(made.path.at(-1)).toMatchObject({ x: 250 / 270, y: 590 / 600 });
  });
});

test("one can see when a press becomes a long tap", () => {
  const { state } = run(down());
  expect([isLong(state, 1499), isLong(state, 1500)]).toEqual([false, true]);
  expect(isLong(run(down(), move(200, 200)).state, 5000)).toBe(false);
});

test("whatever comes in whatever order, one press makes at most one thing", () => {
  const pick = chance(21);
  const ends = ["cancelled", "lost", "left window", "given up"] as const;
  let state: Acting = NOT_ACTING;
  let presses = 0;
  let made = 0;
  for (let round = 0; round < 6_000; round++) {
    const at = { x: pick(-20, 300), y: pick(-20, 620) };
    const pointer = pick(1, 2);
    const time = round * 7;
    const events: ActEvent[] = [
      { kind: "down", pointer, at, time, menu: pick(0, 6) === 0, glass: pick(0, 4) ? GLASS : null },
      { kind: "move", pointer, at, time },
      { kind: "up", pointer, at, time },
      { kind: "end", why: ends[pick(0, 3)] ?? "lost" },
      { kind: "glass", glass: pick(0, 9) ? GLASS : null },
    ];
    const event = events[pick(0, 4)] as ActEvent;
    if (event.kind === "down" && state.kind === "idle" && event.glass) presses += 1;
    const step = act(state, event);
    if (step.made) made += 1;
    if (step.made) expect(step.state).toEqual(NOT_ACTING);
    state = step.state;
  }
  expect(made).toBe(presses - (state.kind === "idle" ? 0 : 1));
});
