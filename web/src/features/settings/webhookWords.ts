// The words for webhooks: what they hear, how they are, how a delivery went.
import { Ban, CircleCheck, CircleDashed, CircleX, Clock, Pause, TriangleAlert } from "lucide-react";
import type { Delivery, Webhook } from "@/api/webhooks";
import type { Told } from "@/ui/State";

/** What most people choose from; any other kind can be typed. */
export const PARTS: readonly { kind: string; name: string }[] = [
  { kind: "channels.post.*", name: "Posts: planned, published, failed, corrected" },
  { kind: "studio.content.*", name: "Videos: made, checked, approved" },
  { kind: "cast.character.*", name: "Characters" },
  { kind: "job.changed", name: "Jobs: begun, done, failed" },
  { kind: "tenancy.*", name: "People, access and settings" },
];

export function kindsWords(kinds: readonly string[]): string {
  if (kinds.includes("*")) return "everything";
  return kinds.map((kind) => PARTS.find((part) => part.kind === kind)?.name.split(":")[0] ?? kind).join(", ");
}

/** The kinds in a typed line, each once. */
export function kindsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

export function health(webhook: Webhook): Told {
  if (!webhook.active && webhook.disabled_reason) return { kind: "broken", icon: Ban, word: "Switched off" };
  if (!webhook.active) return { kind: "calm", icon: Pause, word: "Paused" };
  if (webhook.failing_since) return { kind: "wait", icon: TriangleAlert, word: "Failing" };
  if (webhook.last_state === "delivered") return { kind: "go", icon: CircleCheck, word: "Works" };
  return { kind: "calm", icon: CircleDashed, word: "Not told yet" };
}

const deliveryStates: Record<Delivery["state"], Told> = {
  pending: { kind: "calm", icon: Clock, word: "Waiting" },
  delivered: { kind: "go", icon: CircleCheck, word: "Delivered" },
  failed: { kind: "wait", icon: TriangleAlert, word: "Will be tried again" },
  dead: { kind: "broken", icon: CircleX, word: "Given up" },
};

export function deliveryState(delivery: Pick<Delivery, "state">): Told {
  return deliveryStates[delivery.state];
}

export function lasted(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
