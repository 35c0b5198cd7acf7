// Who a gesture goes to, and where on each: scaled to each phone's own frame, and who is left out and why. Pure.
import type { Gesture } from "./act";
import { pixel, sameShape, type Seen } from "./glass";
import type { Point, Size } from "./shapes";

/** A phone that a gesture may go to. */
export interface Target {
  id: string;
  /** The frame that its person sees. */
  seen: Seen | null;
  stale: boolean;
  offline: boolean;
  /** The app in front is one that a person must attend. */
  attended: boolean;
}

/** A point of a path in pixels of the frame, with milliseconds since the press. */
interface PixelSample extends Point {
  t: number;
}

export type Aimed = {
  phone: string;
  /** The frame its person saw; positions are in its pixels. A phone that shows another size by now is not touched. */
  seen: Seen;
} & (
  | { kind: "tap" | "long tap"; at: Point; held: number }
  | { kind: "swipe"; path: readonly PixelSample[]; duration: number }
  | { kind: "text"; at: Point }
  | { kind: "scroll"; at: Point; right: number; down: number }
);

export type LeftWhy = "offline" | "no picture" | "stale" | "turned" | "attended";

export interface Aim {
  aimed: readonly Aimed[];
  /** Phones that were meant and are left out; each is shown with its reason. */
  left: readonly { phone: string; why: LeftWhy }[];
}

/**
 * The gesture for each phone it is meant for: all selected ones if the pressed one is among them, else that one alone.
 * With more than one phone nothing goes to any while an attended app is in front of one of them.
 */
export function aim(gesture: Gesture, targets: readonly Target[], selected: ReadonlySet<string>): Aim {
  const meant = targets.filter((one) =>
    selected.has(gesture.phone) ? selected.has(one.id) : one.id === gesture.phone,
  );
  if (meant.length > 1 && meant.some((one) => one.attended)) {
    return { aimed: [], left: meant.map((one) => ({ phone: one.id, why: "attended" as const })) };
  }
  const aimed: Aimed[] = [];
  const left: { phone: string; why: LeftWhy }[] = [];
  for (const target of meant) {
    const pressed = target.id === gesture.phone;
    // On the phone that was pressed, the frame that counts is the one under the finger.
    const seen = pressed ? gesture.seen : target.seen;
    const why = leftOut(target, seen, gesture.seen);
    if (why) left.push({ phone: target.id, why });
    else if (seen) aimed.push(onto(gesture, target, seen));
  }
  return { aimed, left };
}

function leftOut(target: Target, seen: Seen | null, pressed: Seen): LeftWhy | null {
  if (target.offline) return "offline";
  if (!seen) return "no picture";
  if (target.stale) return "stale";
  const lies = (size: Size) => size.width > size.height;
  return lies(seen) !== lies(pressed) || !sameShape(seen, target.seen ?? seen) ? "turned" : null;
}

function onto(gesture: Gesture, target: Target, seen: Seen): Aimed {
  const base = { phone: target.id, seen };
  if (gesture.kind === "swipe") {
    const path = gesture.path.map((sample) => ({ ...pixel(sample, seen), t: Math.round(sample.t) }));
    return { ...base, kind: gesture.kind, path, duration: Math.round(gesture.duration) };
  }
  const at = pixel(gesture.at, seen);
  if (gesture.kind === "text") return { ...base, kind: gesture.kind, at };
  if (gesture.kind === "scroll") return { ...base, kind: gesture.kind, at, right: gesture.right, down: gesture.down };
  return { ...base, kind: gesture.kind, at, held: Math.round(gesture.held) };
}
