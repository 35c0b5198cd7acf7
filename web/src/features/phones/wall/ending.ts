// Why a lease that was one's own ended, in a sentence. Pure.
import type { PastLease } from "@/api/wall";

export function endingWords({
  reason,
  why,
  ended_by_name: by,
}: Pick<PastLease, "reason" | "why" | "ended_by_name">): string {
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
      return "it was given back";
  }
}
