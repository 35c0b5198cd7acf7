// A gesture as the touches that a phone gets, each with the moment it is due. Pure.
import type { Aimed } from "./aim";
import type { Point } from "./shapes";
import type { ACTION } from "./wire";

/** A finger is down at least this long, else some apps take it for a slip. */
const SHORTEST_MS = 20;

interface DueTouch {
  /** Milliseconds after the first. */
  t: number;
  action: keyof typeof ACTION;
  at: Point;
}

/** Finger down, along its path, and up; nothing for a wish for text or a turn of the wheel. */
export function touches(gesture: Aimed): readonly DueTouch[] {
  if (gesture.kind === "text" || gesture.kind === "scroll") return [];
  if (gesture.kind !== "swipe") {
    const { at, held } = gesture;
    return [
      { t: 0, action: "down", at },
      { t: Math.max(SHORTEST_MS, held), action: "up", at },
    ];
  }
  const [first, ...path] = gesture.path;
  const last = path.at(-1) ?? first;
  if (!first || !last) return [];
  const at = ({ x, y }: Point) => ({ x, y });
  return [
    { t: 0, action: "down", at: at(first) },
    ...path.map((sample) => ({ t: sample.t, action: "move" as const, at: at(sample) })),
    { t: Math.max(SHORTEST_MS, last.t, gesture.duration), action: "up", at: at(last) },
  ];
}
