// Acting from the keyboard: a crosshair on the current phone that arrows move and Enter presses. Pure.
import { type ActEvent, LONG_MS } from "./act";
import type { Glass } from "./glass";
import { clamp, type Point } from "./shapes";

/** A fraction of the picture; it begins in the middle. */
export const MIDDLE: Point = { x: 0.5, y: 0.5 };

/** How far one key press moves, as a fraction of the picture; with Shift the larger one. */
export const STEP = { fine: 0.02, coarse: 0.1 } as const;

const WAYS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export type Stroke =
  | { kind: "move"; to: Point }
  /** Enter or space went down: the finger is on the glass until the key is let go. */
  | { kind: "press" }
  | { kind: "release" }
  /** L: a long tap without having to hold a key. */
  | { kind: "long tap" }
  /** T: ask for text, as the right button does. */
  | { kind: "text" };

/** What a key does in act mode, or null if it is not the crosshair's. Repeats of a held Enter say nothing new. */
export function stroke(
  at: Point,
  { key, down, repeat, shift }: { key: string; down: boolean; repeat: boolean; shift: boolean },
): Stroke | null {
  if (key === "Enter" || key === " ") return repeat ? null : { kind: down ? "press" : "release" };
  if (!down) return null;
  if (key === "l" && !repeat) return { kind: "long tap" };
  if ((key === "t" || key === "ContextMenu") && !repeat) return { kind: "text" };
  const way = WAYS[key];
  if (!way) return null;
  const step = shift ? STEP.coarse : STEP.fine;
  const along = (from: number, direction: number) => clamp(Math.round((from + direction * step) * 1000) / 1000, 0, 1);
  return { kind: "move", to: { x: along(at.x, way.x), y: along(at.y, way.y) } };
}

/** What a stroke is as the events of a finger. */
export function strokeEvents(
  { kind }: Stroke,
  finger: { pointer: number; at: Point; time: number },
  glass: Glass,
): readonly ActEvent[] {
  const down: ActEvent = { kind: "down", ...finger, glass, menu: kind === "text" };
  const up: ActEvent = { kind: "up", ...finger };
  switch (kind) {
    case "move":
      return [{ kind: "move", ...finger }];
    case "press":
    case "text":
      return [down];
    case "release":
      return [up];
    case "long tap":
      return [down, { ...up, time: finger.time + LONG_MS }];
  }
}
