// What an account is and how it does, in words, icons and colours.
import { CircleCheck, CirclePause, CircleX, Hourglass, TriangleAlert, Unplug } from "lucide-react";
import type { Account } from "@/api/shapes";
import type { Told } from "@/ui/State";

const PLATFORMS: Record<string, string> = { page: "Own page", bluesky: "Bluesky" };

export function platformName(platform: string): string {
  return PLATFORMS[platform] ?? platform;
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
