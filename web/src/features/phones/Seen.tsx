// When a phone was there last: "now" while it is there.
import type { Phone } from "@/api/inventory";
import { Time } from "@/ui/Time";
import { lastSeen } from "./words";

export function Seen({ phone }: { phone: Phone }) {
  const at = lastSeen(phone);
  return at === null ? "now" : <Time at={at} />;
}
