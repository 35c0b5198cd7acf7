// What a person has written for each account, and what of it is sent. Pure.
import type { Target } from "@/api/distribute";
import type { WallMoment } from "@/api/shapes";
import { readHashtags } from "@/lib/hashtags";

/** Null: as for all. */
export interface Own {
  caption: string | null;
  tags: string | null;
  at: WallMoment | null;
}

export interface Words {
  caption: string;
  tags: string;
}

export type Timing = "at" | "slot" | "now";

export const AS_ALL: Own = { caption: null, tags: null, at: null };

/** The words that go to one account. */
export function wordsFor(common: Words, own: Own = AS_ALL): { caption: string; hashtags: string[] } {
  return { caption: own.caption ?? common.caption, hashtags: readHashtags(own.tags ?? common.tags) };
}

/** Its own time counts only where the others go out at a time too. */
export function targetFor(
  account: string,
  common: Words,
  own: Own | undefined,
  timing: Timing,
  again: boolean,
): Target {
  return { account_id: account, ...wordsFor(common, own), at: timing === "at" ? (own?.at ?? null) : null, again };
}
