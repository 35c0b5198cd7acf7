// The parts of a script that an edit changed.
import type { Script, ScriptEdit } from "@/api/shapes";

const PARTS = ["title", "hook", "beats", "closing", "caption", "hashtags"] as const;

/** Null when nothing did. */
export function changesOf(before: Script, after: Script): ScriptEdit | null {
  const changed = PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((part) => [part, after[part]]));
}
