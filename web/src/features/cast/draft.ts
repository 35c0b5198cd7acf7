// A character while it is edited: what differs from what is saved.
import type { Character, CharacterChange } from "@/api/shapes";

const PARTS = ["name", "profile", "persona", "palette", "voice", "disclosure"] as const;

export type Draft = Pick<Character, (typeof PARTS)[number]>;

export function draftOf(character: Character): Draft {
  const { name, profile, persona, palette, voice, disclosure } = character;
  return { name, profile, persona, palette, voice, disclosure };
}

/** Null when nothing was changed. */
export function changesOf(before: Character, draft: Draft): CharacterChange | null {
  const changed = PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(draft[part]));
  return changed.length ? Object.fromEntries(changed.map((part) => [part, draft[part]])) : null;
}

/** One per line, as a person writes a list. */
export function readLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
