// What happened at the wall, line by line, newest first. Pure.

export interface LogLine {
  id: number;
  /** In milliseconds. */
  at: number;
  tone: "calm" | "go" | "wait" | "broken";
  words: string;
}

export const KEPT_LINES = 200;

export function logged(log: readonly LogLine[], line: Omit<LogLine, "id">): readonly LogLine[] {
  return [{ ...line, id: (log[0]?.id ?? 0) + 1 }, ...log].slice(0, KEPT_LINES);
}

/** The browser's own clock: what is told here happened at this desk. */
export function clockWords(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}
