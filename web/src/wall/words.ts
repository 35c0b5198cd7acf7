// What the wall says, and texts from outside made fit to be drawn and spoken. Pure.
import type { Dropped, Gesture, Why } from "./act";
import type { Aim, LeftWhy } from "./aim";
import type { WallPhone } from "./phone";
import type { Selecting } from "./select";

/** Longer texts are cut before they are measured. */
const LONGEST = 200;

/** At or below this many per cent a battery is low. */
export const LOW = 15;

/** Without control characters, line breaks and marks that turn the direction of what stands beside them. */
export function plain(text: string): string {
  const odd = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;
  return [
    ...text
      .slice(0, 2 * LONGEST)
      .replace(odd, " ")
      .trim(),
  ]
    .slice(0, LONGEST)
    .join("");
}

function batteryWords({ level, charging }: NonNullable<WallPhone["battery"]>): string {
  return `${Math.round(level)} %${charging ? ", charging" : level <= LOW ? ", low" : ""}`;
}

export function staleWords(age: number): string {
  const seconds = Math.floor(age / 1000);
  if (seconds < 1) return "No fresh picture";
  return seconds < 120 ? `No fresh picture for ${seconds} s` : `No fresh picture for ${Math.floor(seconds / 60)} min`;
}

/** How a phone is read out; the same facts as its label shows. */
export function spoken(phone: WallPhone, stale: boolean): string {
  const parts = [
    `${phone.number}, ${plain(phone.name)}`,
    phone.trouble && plain(phone.trouble),
    stale && !phone.trouble && "no fresh picture",
    phone.holder && `held by ${plain(phone.holder)}`,
    phone.battery && `battery ${batteryWords(phone.battery)}`,
    phone.tags.length > 0 && phone.tags.map(plain).join(", "),
  ];
  return parts.filter(Boolean).join("; ");
}

/** What changed between two states of choosing, or null if there is nothing to say. */
export function selectionWords(before: Selecting, now: Selecting, phones: readonly WallPhone[]): string | null {
  const name = (id: string) => nameOf(phones, id);
  if (before.mode !== now.mode) {
    return now.mode === "act" ? "Act: what you do goes to the phones" : "Select: what you do chooses phones";
  }
  if (before.single !== now.single) return now.single === null ? "All phones" : `${name(now.single)} large`;
  if (now.press.kind === "banding") return null;
  // A band says at its end what it selected, not at each phone it touches.
  if (before.press.kind !== "banding" && sameSet(before.selected, now.selected)) return null;
  const [first] = now.selected;
  if (first === undefined) return "Nothing selected";
  if (now.selected.size === 1) return `${name(first)} selected`;
  return `${now.selected.size} of ${phones.length} phones selected`;
}

const ACTS: Record<Gesture["kind"], string> = {
  tap: "Tap",
  "long tap": "Long tap",
  swipe: "Swipe",
  text: "Text",
  scroll: "Scroll",
};

export const LEFT: Record<LeftWhy, string> = {
  offline: "offline",
  "no picture": "no picture yet",
  stale: "no fresh picture",
  turned: "turned another way",
  attended: "attended app: select one phone",
};

export function actedWords(kind: Gesture["kind"], { aimed, left }: Aim, phones: readonly WallPhone[]): string {
  const on = aimed.length === 1 ? nameOf(phones, aimed[0]?.phone ?? "") : `${aimed.length} phones`;
  const done = aimed.length ? `${ACTS[kind]} on ${on}` : "Nothing was sent";
  if (!left.length) return done;
  if (left.every((one) => one.why === "attended")) {
    return "Nothing was sent: an attended app is in front, and it takes one phone at a time";
  }
  const out = left.slice(0, 3).map((one) => `${nameOf(phones, one.phone)} (${LEFT[one.why]})`);
  const more = left.length > 3 ? ` and ${left.length - 3} more` : "";
  return `${done}; left out: ${out.join(", ")}${more}`;
}

const WHY: Record<Why, string> = {
  "no picture": "the phone has no picture yet",
  stale: "its picture is not fresh",
  turned: "the phone turned",
  moved: "the phone moved on the wall",
  gone: "the phone went away",
  "second finger": "a second finger touched",
  cancelled: "the press was interrupted",
  lost: "the press was interrupted",
  "left window": "the window was left",
  "given up": "the press was given up",
};

export function droppedWords({ phone, why }: Dropped, phones: readonly WallPhone[]): string {
  return `${nameOf(phones, phone)}: nothing was sent, ${WHY[why]}`;
}

function nameOf(phones: readonly WallPhone[], id: string): string {
  const phone = phones.find((one) => one.id === id);
  return phone ? `${phone.number} ${plain(phone.name)}` : "A phone";
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
