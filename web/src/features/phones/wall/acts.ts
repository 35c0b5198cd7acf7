// What was done at the wall, and what came of it on each phone. Pure.
import { phonesWords } from "./words";

export interface Outcome {
  /** `unknown`: nobody can say whether it reached the phone. */
  state: "waiting" | "running" | "done" | "failed" | "left out" | "unknown";
  words: string;
  percent?: number;
  /** The clipboard's text, as the phone told it. */
  answer?: string;
  /** A screenshot's address, which is one of our own. */
  picture?: string;
}

export interface Act {
  id: number;
  /** When, in milliseconds. */
  at: number;
  /** "Tap", "Type “hello”". */
  name: string;
  outcomes: ReadonlyMap<string, Outcome>;
}

/** So many acts are kept in the list. */
export const KEPT = 40;

/** The newest first. */
export function begun(acts: readonly Act[], act: Act): readonly Act[] {
  return [act, ...acts].slice(0, KEPT);
}

/** A phone's outcome of an act; one that stands already is never changed. */
export function settled(acts: readonly Act[], id: number, phone: string, outcome: Outcome): readonly Act[] {
  return acts.map((act) => {
    const before = act.id === id ? act.outcomes.get(phone) : undefined;
    if (!before || !isOpen(before)) return act;
    return { ...act, outcomes: new Map([...act.outcomes, [phone, outcome]]) };
  });
}

/** Whether nothing has come of it yet. */
export function isOpen({ state }: Pick<Outcome, "state">): boolean {
  return state === "waiting" || state === "running";
}

const WORDS: Record<Outcome["state"], string> = {
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  "left out": "left out",
  unknown: "not known",
};
const ORDER: readonly Outcome["state"][] = ["running", "waiting", "failed", "unknown", "left out", "done"];

/** "5 done, 1 failed", or only "done" for one phone; what needs a look stands first. */
export function summed({ outcomes }: Act): string {
  const all = [...outcomes.values()];
  const parts = ORDER.map((state) => [state, all.filter((one) => one.state === state).length] as const);
  const told = parts.filter(([, count]) => count > 0);
  if (all.length === 1 && told[0]) return WORDS[told[0][0]];
  return told.map(([state, count]) => `${count} ${WORDS[state]}`).join(", ");
}

/** "phone 2 · done", "phones 1 to 3 · 1 failed, 2 done"; `numberOf` a phone that is gone is undefined. */
export function actWords(act: Act, numberOf: (phone: string) => number | undefined): string {
  const numbers = [...act.outcomes.keys()].flatMap((id) => numberOf(id) ?? []);
  return numbers.length ? `${phonesWords(numbers)} · ${summed(act)}` : summed(act);
}

/** The worst of its outcomes, for the mark beside it. */
export function worst({ outcomes }: Act): Outcome["state"] {
  const states = new Set([...outcomes.values()].map((one) => one.state));
  return ORDER.find((state) => states.has(state)) ?? "done";
}
