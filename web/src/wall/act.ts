// What a press on a phone becomes: tap, long tap, swipe, or a wish for text. A pure reducer; time comes with events.
import { type Glass, fraction, pressBox, sameShape, type Seen } from "./glass";
import { type Box, inside, type Point } from "./shapes";

/** From here on a press that stays in its box is a long tap. */
export const LONG_MS = 500;

/** More samples than this are thinned out: every second one goes, first and last stay. */
export const MOST_SAMPLES = 240;

/** A point of a path: fractions of the picture, and milliseconds since the press. */
export interface Sample extends Point {
  t: number;
}

/** Why a press came to nothing. Nothing was sent then. */
export type Why =
  | "no picture"
  | "stale"
  | "turned"
  | "moved"
  | "gone"
  | "second finger"
  | "cancelled"
  | "lost"
  | "left window"
  | "given up";

/** What was done on the phone that was pressed. Positions are fractions of the frame that was seen. */
export type Gesture = { phone: string; seen: Seen } & (
  | { kind: "tap" | "long tap"; at: Point; held: number }
  | { kind: "swipe"; path: readonly Sample[]; duration: number }
  | { kind: "text"; at: Point }
  /** A turn of the wheel, in hundredths of a notch. */
  | { kind: "scroll"; at: Point; right: number; down: number }
);

export interface Dropped {
  kind: "dropped";
  phone: string;
  why: Why;
}

export type Acting =
  | { kind: "idle" }
  | {
      kind: "pressing" | "swiping";
      pointer: number;
      glass: Glass & { seen: Seen };
      box: Box;
      began: number;
      path: readonly Sample[];
    };

/** Points are of the wall's content, times in milliseconds of one steady clock. */
export type ActEvent =
  | { kind: "down"; pointer: number; at: Point; time: number; glass: Glass | null; menu: boolean }
  | { kind: "move"; pointer: number; at: Point; time: number }
  | { kind: "up"; pointer: number; at: Point; time: number }
  | { kind: "end"; why: "cancelled" | "lost" | "left window" | "given up" }
  /** The pressed phone as it is now, or null if it is no longer there. */
  | { kind: "glass"; glass: Glass | null };

export interface Acted {
  state: Acting;
  made: Gesture | Dropped | null;
}

export const NOT_ACTING: Acting = { kind: "idle" };

/** The state after the event, and what the event completed. */
export function act(state: Acting, event: ActEvent): Acted {
  if (state.kind === "idle") return event.kind === "down" ? pressed(event) : { state, made: null };
  switch (event.kind) {
    case "down":
      return event.menu ? { state, made: null } : drop(state.glass.id, "second finger");
    case "move":
      return { state: event.pointer === state.pointer ? moved(state, event) : state, made: null };
    case "up":
      return event.pointer === state.pointer ? released(moved(state, event), event.time) : { state, made: null };
    case "end":
      return drop(state.glass.id, event.why);
    case "glass":
      return looked(state, event.glass);
  }
}

/** Whether a press that goes on would be a long tap by now. */
export function isLong(state: Acting, now: number): boolean {
  return state.kind === "pressing" && now - state.began >= LONG_MS;
}

type Pressed = Exclude<Acting, { kind: "idle" }>;

function pressed({ glass, ...event }: Extract<ActEvent, { kind: "down" }>): Acted {
  if (!glass) return { state: NOT_ACTING, made: null };
  const { seen } = glass;
  if (!seen) return drop(glass.id, "no picture");
  if (glass.stale) return drop(glass.id, "stale");
  const at = fraction(event.at, glass.tile);
  if (event.menu) return { state: NOT_ACTING, made: { kind: "text", phone: glass.id, seen, at } };
  const state: Acting = {
    kind: "pressing",
    pointer: event.pointer,
    glass: { ...glass, seen },
    box: pressBox(event.at, glass.tile, glass.reference),
    began: event.time,
    path: [{ ...at, t: 0 }],
  };
  return { state, made: null };
}

function moved(state: Pressed, { at, time }: { at: Point; time: number }): Pressed {
  if (!Number.isFinite(at.x) || !Number.isFinite(at.y)) return state;
  const kind = state.kind === "swiping" || !inside(at, state.box) ? "swiping" : "pressing";
  const t = Math.max(state.path.at(-1)?.t ?? 0, time - state.began);
  return { ...state, kind, path: thinned([...state.path, { ...fraction(at, state.glass.tile), t }]) };
}

function thinned(path: readonly Sample[]): readonly Sample[] {
  if (path.length <= MOST_SAMPLES) return path;
  return path.filter((_, index) => index % 2 === 0 || index === path.length - 1);
}

function released(state: Pressed, time: number): Acted {
  const { id: phone, seen } = state.glass;
  const held = Math.max(0, time - state.began);
  const { x, y } = state.path[0] ?? { x: 0, y: 0 };
  const made: Gesture =
    state.kind === "swiping"
      ? { kind: "swipe", phone, seen, path: state.path, duration: held }
      : { kind: held < LONG_MS ? "tap" : "long tap", phone, seen, at: { x, y }, held };
  return { state: NOT_ACTING, made };
}

function looked(state: Pressed, now: Glass | null): Acted {
  const { id, seen, tile } = state.glass;
  if (!now || now.id !== id || !now.seen) return drop(id, "gone");
  if (!sameShape(now.seen, seen)) return drop(id, "turned");
  if (now.stale) return drop(id, "stale");
  const { x, y, width, height } = now.tile;
  const still = x === tile.x && y === tile.y && width === tile.width && height === tile.height;
  return still ? { state, made: null } : drop(id, "moved");
}

function drop(phone: string, why: Why): Acted {
  return { state: NOT_ACTING, made: { kind: "dropped", phone, why } };
}
