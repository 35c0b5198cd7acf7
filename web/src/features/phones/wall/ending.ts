// Why a lease began or ended, in a sentence for who had it and for who has it. Pure.
import type { PastLease } from "@/api/wall";

type Past = Pick<PastLease, "reason" | "why" | "ended_by_name" | "holder_name">;

/** For who held it and did not give it back here. */
export function endingWords({ reason, why, ended_by_name: by }: Past): string {
  switch (reason) {
    case "broken_in":
      return `${by ?? "an administrator"} took it over: “${why}”`;
    case "handed_over":
      return `it was handed over to ${by ?? "who asked for it"}`;
    case "idle":
      return "nobody touched it for 15 minutes, so it was given back";
    case "expired":
      return "nothing was heard of you for a minute, so it was given back";
    case "moved":
      return "it was given to another client";
    case "released":
      return "you gave it back in another window";
  }
}

/** For who has it now, without having taken it here; `before`: how the lease before theirs ended, if there was one. */
export function comingWords(before: Past | null): string {
  switch (before?.reason) {
    case "handed_over":
      return `${before.holder_name} handed it over to you`;
    case "broken_in":
      return `you took it over from ${before.holder_name}: “${before.why}”`;
    default:
      return "taken in another window of yours";
  }
}
