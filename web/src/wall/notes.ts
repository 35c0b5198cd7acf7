// What stands on tiles for a while: the results of acts, and why a phone was left out.
import type { Note } from "./paint";
import { plain } from "./words";

/** How long a result stands on its tile. */
const NOTE_MS = 4_000;

/** What went well covers its phone's picture no longer than it must. */
const DONE_MS = 1_500;

export class Notes {
  #notes = new Map<string, { note: Note; until: number }>();

  /** Times in milliseconds. */
  set(id: string, note: Note, now: number): void {
    const until = now + (note.kind === "done" ? DONE_MS : NOTE_MS);
    this.#notes.set(id, { note: { ...note, words: plain(note.words) }, until });
  }

  of(id: string): Note | null {
    return this.#notes.get(id)?.note ?? null;
  }

  /** Those whose time is over go. */
  tick(now: number): void {
    for (const [id, { until }] of this.#notes) if (until <= now) this.#notes.delete(id);
  }
}
