// What phones can, as their agents tell it of each: offered is what one of those that are meant can. Pure.
import type { Phone } from "@/api/inventory";
import type { Verb } from "./messages";

export type Ability = Phone["abilities"][number];

/** Whether one of the phones can one of these; what needs nothing they all can. */
export function can(phones: readonly Phone[], needs: readonly Ability[]): boolean {
  return !needs.length || phones.some(({ abilities }) => needs.some((one) => abilities.includes(one)));
}

/** What a verb needs, beside what has rules of its own: restarts and files. */
export const NEEDED: Partial<Record<Verb, Ability>> = {
  rotate: "rotate",
  set_clipboard: "clipboard_write",
  read_clipboard: "clipboard_read",
};

export const NOT_SO_CONNECTED = "not possible in the way it is connected: do it by hand";
