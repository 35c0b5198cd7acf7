// What the wall shows at one moment, for React to look at.
import type { Mode } from "@/wall/select";
import type { Act } from "./acts";
import type { LogLine } from "./log";
import type { Held } from "./phones";
import type { LineState } from "./wallSocket";

export interface Snapshot {
  line: LineState;
  mode: Mode;
  selected: ReadonlySet<string>;
  single: string | null;
  current: string | null;
  held: ReadonlyMap<string, Held>;
  acts: readonly Act[];
  log: readonly LogLine[];
  /** Phones that a text is wanted for. */
  wish: readonly string[] | null;
  /** The act whose answers are shown: screenshots, clipboards. */
  answers: number | null;
  said: string;
}

export const NOTHING_YET: Snapshot = {
  line: { kind: "connecting" },
  mode: "select",
  selected: new Set(),
  single: null,
  current: null,
  held: new Map(),
  acts: [],
  log: [],
  wish: null,
  answers: null,
  said: "",
};
