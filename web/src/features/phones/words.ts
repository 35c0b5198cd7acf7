// Phones and agents in words: states, what is left of battery and storage, and what happened. Pure.
import { CircleCheck, CircleOff, CircleX, Hourglass, ShieldAlert, Unplug, Wrench } from "lucide-react";
import type { Agent, KeptState, Phone, PhoneMoment, PhoneState } from "@/api/inventory";
import { took } from "@/lib/moments";
import { counted, size } from "@/lib/numbers";
import type { Kind, Told } from "@/ui/State";

export const phoneStates: Record<PhoneState, Told> = {
  active: { kind: "go", icon: CircleCheck, word: "Active" },
  maintenance: { kind: "wait", icon: Wrench, word: "Maintenance" },
  offline: { kind: "wait", icon: Unplug, word: "Offline" },
  failed: { kind: "broken", icon: CircleX, word: "Failed" },
  quarantined: { kind: "wait", icon: ShieldAlert, word: "Quarantined" },
};

/** The states that a phone is put in by hand to be out of work, and what each means. */
export const OUT_OF_WORK: readonly { value: KeptState; about: string }[] = [
  { value: "maintenance", about: "Somebody sees to it; it comes back." },
  { value: "quarantined", about: "It must not be used until somebody has looked at it." },
  { value: "failed", about: "It is broken." },
];

export const agentStates: Record<Agent["state"], Told> = {
  connected: { kind: "go", icon: CircleCheck, word: "Connected" },
  away: { kind: "wait", icon: Unplug, word: "Away" },
  waiting: { kind: "calm", icon: Hourglass, word: "Waiting" },
  revoked: { kind: "calm", icon: CircleOff, word: "Revoked" },
};

/** Taken out of work by somebody or by a rule, with a reason; who is offline is not. */
export const isOutOfWork = ({ state }: Pick<Phone, "state">) => OUT_OF_WORK.some((one) => one.value === state);

export const platformWord = (platform: Phone["platform"]) => (platform === "ios" ? "iPhone" : "Android");

/** "Pixel 8 · Android 16", as far as it is known. */
export const modelWords = ({ model, system, platform }: Phone) =>
  [model, system].filter(Boolean).join(" · ") || platformWord(platform);

/** When it was there last; null while it is there. Its agent tells of it only when something changes. */
export const lastSeen = (phone: Pick<Phone, "alive" | "offline_since" | "last_seen_at">): string | null =>
  phone.offline_since ?? (phone.alive === "live" ? null : phone.last_seen_at);

export interface Measure {
  words: string;
  kind: Kind;
  /** How full, 0 to 1. */
  fraction: number;
}

const LOW_BATTERY = 20;
const HOT = 42;
const SCARCE = 0.1;

export function battery({ battery: level, charging }: Pick<Phone, "battery" | "charging">): Measure | null {
  if (level === null) return null;
  const low = level < LOW_BATTERY && !charging;
  return { words: `${level} %${charging ? ", charging" : ""}`, kind: low ? "wait" : "calm", fraction: level / 100 };
}

export function storage(phone: Pick<Phone, "storage_free" | "storage_total">): Measure | null {
  const { storage_free: free, storage_total: total } = phone;
  if (free === null || !total) return null;
  const scarce = free / total < SCARCE;
  return { words: `${size(free)} of ${size(total)} free`, kind: scarce ? "wait" : "calm", fraction: 1 - free / total };
}

/** Degrees Celsius; phones throttle themselves from about 42 on. */
export function temperature({ temperature: degrees }: Pick<Phone, "temperature">): Omit<Measure, "fraction"> | null {
  if (degrees === null) return null;
  return { words: `${degrees.toFixed(1)} °C`, kind: degrees >= HOT ? "wait" : "calm" };
}

/** What the page says in its first line. */
export function phonesWords(phones: readonly Pick<Phone, "state">[]): string {
  const some = (state: PhoneState) => phones.filter((one) => one.state === state).length;
  const [offline, active] = [some("offline"), some("active")];
  const out = phones.filter(isOutOfWork).length;
  return [
    counted(phones.length, "phone"),
    offline > 0 && `${offline} offline`,
    out > 0 && `${out} out of work`,
    active === phones.length && phones.length > 0 && "all at work",
  ]
    .filter(Boolean)
    .join(", ");
}

const REASONS: Record<NonNullable<PhoneMoment["reason"]>, string> = {
  released: "given back",
  handed_over: "handed over to who asked for it",
  broken_in: "taken over",
  idle: "nobody touched it for 15 minutes",
  expired: "nothing was heard of the holder",
  moved: "the phone was given to another client",
};

/** What stands under a moment of a phone's history: who, to whom, how long, why. `client`: the name of its client. */
export function momentWords(moment: PhoneMoment, client: string): string {
  const by = moment.by_name ? ` by ${moment.by_name}` : "";
  switch (moment.kind) {
    case "held": {
      const seconds = moment.since ? (Date.parse(moment.at) - Date.parse(moment.since)) / 1000 : 0;
      return [`${moment.holder_name}, ${took(seconds)}`, endedWords(moment)].filter(Boolean).join("; ");
    }
    case "given":
      return `to ${client}${by}`;
    case "left":
      return `from ${client}${by}`;
    case "state":
      return [moment.why, moment.by_name && `said ${moment.by_name}`].filter(Boolean).join("; ");
    case "came":
    case "went":
      return moment.why;
  }
}

/** How a lease ended: "taken over by Bo: the post is due". */
function endedWords({ reason, by_name, holder_name, why }: PhoneMoment): string {
  if (!reason) return "";
  // Leases that ended before it was kept who got the phone have their holder there.
  if (reason === "handed_over" && by_name && by_name !== holder_name) return `handed over to ${by_name}`;
  const by = by_name ? ` by ${by_name}` : "";
  return `${REASONS[reason]}${by}${why ? `: ${why}` : ""}`;
}

/** The hub a port belongs to: "1-4" of "1-4.2"; empty where it hangs on the computer itself. */
export function hubOf(port: string): string {
  const cut = port.lastIndexOf(".");
  return cut < 0 ? "" : port.slice(0, cut);
}

export function portWords(port: string): string {
  if (!port) return "not on USB, or not told";
  const hub = hubOf(port);
  return hub ? `${port}, on the hub at ${hub}` : `${port}, on the computer itself`;
}

/** Those that are not there though somebody holds them; of one client where one is chosen. */
export function lostPhones<One extends Pick<Phone, "lease" | "offline_since" | "client_id">>(
  phones: readonly One[],
  client: string | undefined,
): One[] {
  return phones.filter((one) => one.lease && one.offline_since && (client === undefined || one.client_id === client));
}
