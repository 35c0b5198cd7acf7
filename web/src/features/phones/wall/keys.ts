// The buttons of a phone, and the keys that press them while the wall acts. Data, for panel and keyboard alike.
import type { KEYS } from "@/wall/wire";

export interface PhoneKey {
  key: keyof typeof KEYS;
  name: string;
  /** On the keyboard, in act mode. */
  shortcut: string;
}

export const PHONE_KEYS: readonly PhoneKey[] = [
  { key: "back", name: "Back", shortcut: "b" },
  { key: "home", name: "Home", shortcut: "h" },
  { key: "recents", name: "Recent apps", shortcut: "r" },
  { key: "notifications", name: "Notifications", shortcut: "n" },
  { key: "volume_down", name: "Volume down", shortcut: "-" },
  { key: "volume_up", name: "Volume up", shortcut: "+" },
  { key: "enter", name: "Enter", shortcut: "e" },
  { key: "delete", name: "Delete", shortcut: "d" },
  { key: "power", name: "Power", shortcut: "p" },
];

/** What is not a key of the phone and has one here. */
export const SHORTCUTS = { mode: "m", single: "f", text: "t", screenshot: "s", rotate: "o" } as const;

export function phoneKey(key: string): PhoneKey | undefined {
  return PHONE_KEYS.find((one) => one.shortcut === key);
}

/** As it is drawn beside what it does. */
export function shown(shortcut: string): string {
  return shortcut === "-" ? "−" : shortcut.toUpperCase();
}
