// How far a new agent has come with its code. Pure.
import type { Agent } from "@/api/inventory";

export type Enrolment = "waits" | "over" | "enrolled" | "connected" | "revoked";

/** `left`: seconds until the code is over. */
export function enrolmentOf({ state, enrolled_at }: Pick<Agent, "state" | "enrolled_at">, left: number): Enrolment {
  if (state === "revoked" || state === "connected") return state;
  if (enrolled_at) return "enrolled";
  return left > 0 ? "waits" : "over";
}
