// A phone of the inventory as the wall's engine shows it. Pure.
import type { Phone } from "@/api/inventory";
import type { WallPhone } from "@/wall/phone";
import type { Numbered } from "../filters";

/** Where a phone has told no size yet. */
const USUAL = { width: 1080, height: 2400 };

/** What the wall's socket said of a phone. */
export interface Held {
  epoch: bigint;
  holder: string;
  mine: boolean;
}

/** `since` makes a moment into words. */
export function wallPhone(
  { number, phone }: Numbered,
  channel: number | null,
  held: Held | undefined,
  since: (moment: string) => string,
): WallPhone {
  const known = phone.width > 0 && phone.height > 0;
  return {
    id: phone.id,
    channel,
    number,
    name: phone.name,
    tags: phone.tags,
    holder: holderWords(held ?? leaseOf(phone)),
    battery: phone.battery === null ? null : { level: phone.battery, charging: phone.charging },
    trouble: troubleOf(phone, since),
    reference: known ? { width: phone.width, height: phone.height } : USUAL,
    attended: phone.attended,
  };
}

/** How far an iPhone has come. */
const STEP = /step \d+ of \d+/;

/** Why nothing can be done with it now, or null. */
export function troubleOf(phone: Phone, since: (moment: string) => string): string | null {
  // Where a person can help, how to stands before since when.
  if (phone.because && (phone.alive === "unauthorised" || STEP.test(phone.because))) return phone.because;
  if (phone.offline_since !== null) return `Offline since ${since(phone.offline_since)}`;
  if (phone.alive === "live" || phone.alive === "stale") return null;
  return phone.because ? phone.because : "It does not answer";
}

/** The name of whoever else holds it, or nothing. The socket knows best; until it has spoken, the inventory. */
export function otherHolder(phone: Phone, held: ReadonlyMap<string, Held>): string {
  const said = held.get(phone.id) ?? leaseOf(phone);
  return !said || said.mine ? "" : said.holder;
}

function holderWords(held: Pick<Held, "holder" | "mine"> | null): string | null {
  if (!held) return null;
  return held.mine ? "you" : held.holder || null;
}

/** Who holds it as the inventory has it, which does not say whether that is oneself. */
function leaseOf({ lease }: Phone): Pick<Held, "holder" | "mine"> | null {
  return lease && { holder: lease.holder_name, mine: false };
}
