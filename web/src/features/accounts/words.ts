// What an account is and how it does, in words, icons and colours.
import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  CloudOff,
  Flag,
  Moon,
  Snowflake,
  TrendingUp,
  TriangleAlert,
  Unplug,
} from "lucide-react";
import type { Account, AccountMove } from "@/api/shapes";
import { capital } from "@/lib/capital";
import { counted } from "@/lib/numbers";
import { platformName } from "@/lib/platforms";
import type { Told } from "@/ui/State";

/** Why the way to an account's server and back linked nothing. */
export function linkFailure(reason: string): string {
  switch (reason) {
    case "cancelled":
      return "Nobody let us in on the server. Link the account again when you want to.";
    case "refused":
      return "The server did not let us in. Link the account again; if it stays so, ask the server’s administrator.";
    case "away":
      return "The server did not answer. Link the account again in a while.";
    case "other-account":
      return "That was another account. Sign in on the server as the linked one, and reconnect it again.";
    case "linked-already":
      return "This account is linked already. Reconnect it instead if it is not connected.";
    default:
      return "That way was over, or began in another browser. Link the account again.";
  }
}

/** A dead login outweighs every other state: nothing goes out until it is mended. */
export function accountState(account: Account): Told {
  if (account.needs_reconnect) return { kind: "broken", icon: Unplug, word: "Not connected" };
  if (account.server_down_at && posts(account)) return { kind: "wait", icon: CloudOff, word: "Server down" };
  return stateTold(account.state, account.pace.ramp?.phase ?? null);
}

export function stateTold(state: string, phase: number | null): Told {
  switch (state) {
    case "active":
      return { kind: "go", icon: CircleCheck, word: "Active" };
    case "ramping":
      return { kind: "go", icon: TrendingUp, word: phase ? `Ramp, phase ${phase}` : "Ramp" };
    case "created":
      return { kind: "calm", icon: CircleDashed, word: "Created" };
    case "paused":
      return { kind: "calm", icon: CirclePause, word: "Paused" };
    case "resting":
      return { kind: "calm", icon: Moon, word: "Resting" };
    case "closed":
      return { kind: "calm", icon: CircleX, word: "Closed" };
    case "cooldown":
      return { kind: "wait", icon: Snowflake, word: "Cooldown" };
    case "flagged":
      return { kind: "wait", icon: Flag, word: "Flagged" };
    default:
      return { kind: "broken", icon: TriangleAlert, word: capital(state) };
  }
}

/** Whether its state lets posts go out. */
export function posts({ state }: Account): boolean {
  return state === "created" || state === "ramping" || state === "active";
}

/** States that only the platform ends. */
export function isPlatforms({ state }: Account): boolean {
  return state === "restricted" || state === "suspended" || state === "banned";
}

/** Who or what made a move: a person by name, a rule, or the platform. */
export function moverOf({ by, who }: AccountMove): string {
  if (by === "person") return who;
  return by === "platform" ? `${who}, the platform` : `A rule: ${who}`;
}

/** `good` from 80, `fair` from 50, else `poor`: the rules let an account rest under 50. */
export function healthWord(score: number): { word: string; kind: Told["kind"] } {
  if (score >= 80) return { word: "good", kind: "go" };
  return score >= 50 ? { word: "fair", kind: "wait" } : { word: "poor", kind: "broken" };
}

/** What is used of the day, in one line. */
export function todayWords({ pace }: Account): string {
  const left = Math.max(0, pace.cap_today - pace.used_today);
  return left > 0 ? `${left} left today` : pace.used_today > pace.cap_today ? "over today’s cap" : "full today";
}

/** What the page says in its first line: who waits for a person, else that all is well. */
export function accountsWords(accounts: readonly Account[]): string {
  const dead = accounts.filter((one) => one.needs_reconnect).length;
  const held = accounts.filter((one) => !one.needs_reconnect && !posts(one) && one.state !== "closed").length;
  if (dead === 0 && held === 0) return `${counted(accounts.length, "account")}, all posting`;
  const parts = [dead && `${counted(dead, "account")} to connect again`, held && `${held} that may not post`];
  return parts.filter(Boolean).join(", ");
}

export function openWords({ platform }: Account): string {
  return platform === "page" ? "Open the page" : `Open on ${platformName(platform)}`;
}
