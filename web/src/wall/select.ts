// Choosing phones: what pointer and keys do to the selection. A pure reducer; it also holds the pointer's mode.
import { hit, type Layout, neighbour, touched, type Way } from "./layout";
import { between, type Box, type Point } from "./shapes";

/** How far a pressed pointer may wander, in CSS pixels, before the click becomes a band. */
const SLACK = 4;

/** Keys that mean the same in both modes. */
export const WALL_KEYS = { mode: "m", single: "f" } as const;

export type Mode = "select" | "act";

export type Press =
  | { kind: "idle" }
  | { kind: "pressing"; pointer: number; from: Point; adds: boolean }
  | { kind: "banding"; pointer: number; from: Point; to: Point; before: ReadonlySet<string>; adds: boolean };

export interface Selecting {
  mode: Mode;
  selected: ReadonlySet<string>;
  /** The phone that the keyboard stands on, or that was touched last. */
  current: string | null;
  /** Where a range with Shift begins. */
  anchor: string | null;
  /** The one phone shown large, or null for the wall. */
  single: string | null;
  press: Press;
}

interface Modifiers {
  /** Ctrl, or Cmd on a Mac. */
  toggle: boolean;
  range: boolean;
}

/** Points are of the wall's content, after scrolling. */
export type SelectEvent =
  | ({ kind: "down"; pointer: number; at: Point; primary: boolean } & Modifiers)
  | { kind: "move"; pointer: number; at: Point }
  | ({ kind: "up"; pointer: number; at: Point } & Modifiers)
  | { kind: "cancel" }
  | ({ kind: "key"; key: string } & Modifiers)
  | { kind: "mode"; mode: Mode }
  | { kind: "single"; id: string | null }
  /** A phone was acted on. */
  | { kind: "touch"; id: string }
  | { kind: "choose"; ids: readonly string[] }
  | { kind: "phones"; ids: readonly string[] };

export const NOTHING_SELECTED: Selecting = {
  mode: "select",
  selected: new Set(),
  current: null,
  anchor: null,
  single: null,
  press: { kind: "idle" },
};

const WAYS: Record<string, Way> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

/** The state after the event; the very same object when the event means nothing here. */
export function select(state: Selecting, event: SelectEvent, wall: Layout): Selecting {
  switch (event.kind) {
    case "down":
      return press(state, event);
    case "move":
      return moved(state, event, wall);
    case "up":
      return released(state, event, wall);
    case "cancel":
      return giveUp(state);
    case "key":
      return keyed(state, event, wall);
    case "mode":
      return event.mode === state.mode ? state : { ...giveUp(state), mode: event.mode };
    case "single":
      return event.id === state.single
        ? state
        : { ...giveUp(state), single: event.id, current: event.id ?? state.single };
    case "touch":
      return event.id === state.current ? state : { ...state, current: event.id };
    case "choose":
      return { ...giveUp(state), selected: new Set(known(event.ids, wall)) };
    case "phones":
      return without(state, new Set(event.ids));
  }
}

/** The band being drawn, in the wall's content. */
export function bandOf({ press: now }: Selecting): Box | null {
  return now.kind === "banding" ? between(now.from, now.to) : null;
}

/** Whether a key is for the wall rather than for the page around it. */
export function takesKey(state: Selecting, key: string, toggle: boolean): boolean {
  if (key === WALL_KEYS.mode || key === WALL_KEYS.single) return !toggle;
  if (key === "Escape") return state.mode === "act" || state.selected.size > 0 || state.press.kind !== "idle";
  if (state.mode === "act") return key === "PageUp" || key === "PageDown";
  return key in WAYS || key === "Enter" || key === " " || (toggle && key === "a");
}

type Of<Kind extends SelectEvent["kind"]> = Extract<SelectEvent, { kind: Kind }>;

function press(state: Selecting, event: Of<"down">): Selecting {
  if (state.mode === "act" || !event.primary) return state;
  // A second finger means a pinch or a scroll, not a choice.
  if (state.press.kind !== "idle") return giveUp(state);
  return {
    ...state,
    press: { kind: "pressing", pointer: event.pointer, from: event.at, adds: event.toggle || event.range },
  };
}

function moved(state: Selecting, event: Of<"move">, wall: Layout): Selecting {
  const now = state.press;
  if (now.kind === "idle" || now.pointer !== event.pointer) return state;
  if (now.kind === "pressing") {
    if (Math.hypot(event.at.x - now.from.x, event.at.y - now.from.y) <= SLACK) return state;
    return banded(state, { ...now, kind: "banding", to: event.at, before: state.selected }, wall);
  }
  return banded(state, { ...now, to: event.at }, wall);
}

function banded(state: Selecting, band: Extract<Press, { kind: "banding" }>, wall: Layout): Selecting {
  const under = touched(wall, between(band.from, band.to));
  const selected = new Set(band.adds ? [...band.before, ...under] : under);
  return { ...state, press: band, selected };
}

function released(state: Selecting, event: Of<"up">, wall: Layout): Selecting {
  const now = state.press;
  if (now.kind === "idle" || now.pointer !== event.pointer) return state;
  const idle: Selecting = { ...state, press: { kind: "idle" } };
  if (now.kind === "pressing") return clicked(idle, hit(wall, now.from)?.id ?? null, event, wall);
  const band = { ...now, to: event.at };
  const done = banded(idle, band, wall);
  const last = touched(wall, between(band.from, band.to)).at(-1) ?? state.current;
  return { ...done, press: { kind: "idle" }, current: last, anchor: last };
}

function clicked(state: Selecting, id: string | null, { toggle, range }: Modifiers, wall: Layout): Selecting {
  if (id === null) return toggle || range ? state : { ...state, selected: new Set(), anchor: null };
  if (range) {
    const added = rangeOf(wall, state.anchor ?? state.current ?? id, id);
    return { ...state, selected: new Set(toggle ? [...state.selected, ...added] : added), current: id };
  }
  const selected = toggle ? flipped(state.selected, id) : new Set([id]);
  return { ...state, selected, current: id, anchor: id };
}

function keyed(state: Selecting, event: Of<"key">, wall: Layout): Selecting {
  const { key, toggle, range } = event;
  if (!takesKey(state, key, toggle)) return state;
  if (key === WALL_KEYS.mode) return { ...giveUp(state), mode: state.mode === "select" ? "act" : "select" };
  if (key === WALL_KEYS.single) return { ...giveUp(state), ...shownLarge(state, wall) };
  if (key === "Escape") return escaped(state);
  if (key === "PageUp" || key === "PageDown") return along(state, key === "PageUp" ? "left" : "right", wall);
  if (key === "a") return { ...state, selected: new Set(wall.tiles.map((tile) => tile.id)) };
  const way = WAYS[key];
  if (!way) return clicked(state, here(state, wall), key === " " ? { toggle: true, range: false } : event, wall);
  const next = along(state, way, wall);
  if (!range || next.current === null) return next;
  const anchor = state.anchor ?? state.current ?? next.current;
  return { ...clicked({ ...next, anchor }, next.current, { toggle, range }, wall), anchor };
}

function escaped(state: Selecting): Selecting {
  if (state.press.kind !== "idle") return giveUp(state);
  if (state.mode === "act") return { ...state, mode: "select" };
  return { ...state, selected: new Set(), anchor: null };
}

function along(state: Selecting, way: Way, wall: Layout): Selecting {
  const current = neighbour(wall, state.current, way);
  return { ...state, current, single: state.single === null ? null : current };
}

function here(state: Selecting, wall: Layout): string | null {
  return state.current ?? wall.tiles[0]?.id ?? null;
}

function shownLarge(state: Selecting, wall: Layout): Pick<Selecting, "single" | "current"> {
  if (state.single !== null) return { single: null, current: state.single };
  const one = state.current ?? [...state.selected][0] ?? here(state, wall);
  return { single: one, current: one };
}

function giveUp(state: Selecting): Selecting {
  const now = state.press;
  if (now.kind === "idle") return state;
  return { ...state, press: { kind: "idle" }, selected: now.kind === "banding" ? now.before : state.selected };
}

function without(state: Selecting, there: ReadonlySet<string>): Selecting {
  const gone = (id: string | null) => id !== null && !there.has(id);
  const now = state.press;
  const before = now.kind === "banding" ? now.before : state.selected;
  const { current, anchor, single, selected } = state;
  if (![current, anchor, single, ...selected, ...before].some(gone)) return state;
  const kept = (ids: ReadonlySet<string>) => new Set([...ids].filter((id) => there.has(id)));
  return {
    ...state,
    selected: kept(selected),
    current: gone(current) ? null : current,
    anchor: gone(anchor) ? null : anchor,
    single: gone(single) ? null : single,
    press: now.kind === "banding" ? { ...now, before: kept(now.before) } : now,
  };
}

function known(ids: readonly string[], wall: Layout): string[] {
  return ids.filter((id) => wall.tiles.some((tile) => tile.id === id));
}

function flipped(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

function rangeOf(wall: Layout, from: string, to: string): string[] {
  const ids = wall.tiles.map((tile) => tile.id);
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  return a < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
