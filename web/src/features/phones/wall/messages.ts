// What the wall and the server tell each other beside pictures and input: as the server's wire/messages.py has it.
import type { Quality } from "@/wall/watch";

/** Both ends have the same one, or the server says which end is old. As the server's wire/version.py. */
export const WIRE_VERSION = 3;

/** Tiles of one wall. As the server's wire/limits.py. */
export const MOST_PHONES = 64;

export type Verb =
  | "text"
  | "set_clipboard"
  | "read_clipboard"
  | "rotate"
  | "reboot"
  | "launch"
  | "stop"
  | "screenshot"
  | "install"
  | "push";

export type NotTaken =
  | "stale"
  | "nobody"
  | "expired"
  | "unknown"
  | "lost"
  | "offline"
  | "failed"
  | "attended"
  | "timed_out"
  | "busy"
  | "finger";

export type FromWall =
  | { type: "open"; version: number }
  | { type: "beat"; count: number }
  | { type: "want"; phones: readonly string[] }
  | { type: "watch"; number: number; quality: Quality; stills: boolean }
  | { type: "refresh"; number: number }
  | { type: "shown"; frames: readonly { number: number; sequence: number }[] }
  | { type: "do"; id: number; number: number; epoch: number; verb: Verb; argument: string; many: number };

export interface ToWall {
  welcome: { version: number; beat: number };
  refused: { kind: string; sentence: string; again: boolean };
  beat: { count: number };
  tiles: { tiles: readonly { number: number; phone: string }[] };
  fresh: { numbers: readonly number[] };
  held: { number: number; epoch: number; holder: string; mine: boolean };
  done: { id: number; number: number; kind: string; sentence: string; answer: string };
  progress: { id: number; number: number; percent: number };
  input_done: { number: number; sequence: number; took: number };
  input_refused: { number: number; sequence: number; kind: NotTaken; epoch: number };
}

export type Heard = { [Kind in keyof ToWall]: { type: Kind } & ToWall[Kind] }[keyof ToWall];

const FIELDS: { [Kind in keyof ToWall]: Record<keyof ToWall[Kind], "number" | "string" | "boolean" | "list"> } = {
  welcome: { version: "number", beat: "number" },
  refused: { kind: "string", sentence: "string", again: "boolean" },
  beat: { count: "number" },
  tiles: { tiles: "list" },
  fresh: { numbers: "list" },
  held: { number: "number", epoch: "number", holder: "string", mine: "boolean" },
  done: { id: "number", number: "number", kind: "string", sentence: "string", answer: "string" },
  progress: { id: "number", number: "number", percent: "number" },
  input_done: { number: "number", sequence: "number", took: "number" },
  input_refused: { number: "number", sequence: "number", kind: "string", epoch: "number" },
};

/** The message, or null for what is none. Never throws. */
export function readMessage(text: string): Heard | null {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof said !== "object" || said === null) return null;
  const body = said as Record<string, unknown>;
  if (typeof body.type !== "string" || !Object.hasOwn(FIELDS, body.type)) return null;
  const fields = Object.entries(FIELDS[body.type as keyof ToWall]);
  const fits = fields.every(([name, kind]) =>
    kind === "list" ? Array.isArray(body[name]) : typeof body[name] === kind,
  );
  return fits ? (said as Heard) : null;
}
