// What an account is and how it does, in words, icons and colours.
import { CircleCheck, CirclePause, CircleX, Hourglass, TriangleAlert, Unplug } from "lucide-react";
import type { Account } from "@/api/shapes";
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
  switch (account.state) {
    case "active":
      return { kind: "go", icon: CircleCheck, word: "Active" };
    case "paused":
      return { kind: "calm", icon: CirclePause, word: "Paused" };
    case "closed":
      return { kind: "calm", icon: CircleX, word: "Closed" };
    case "created":
    case "ramping":
    case "resting":
    case "cooldown":
      return { kind: "wait", icon: Hourglass, word: capital(account.state) };
    default:
      return { kind: "broken", icon: TriangleAlert, word: capital(account.state) };
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
