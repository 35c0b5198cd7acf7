// The buttons of a phone, and the keys that press them while the wall acts. Data, for panel and keyboard alike.
import {
  ArrowLeft,
  Bell,
  CornerDownLeft,
  Delete,
  House,
  type LucideIcon,
  Power,
  SquareStack,
  Volume1,
  Volume2,
} from "lucide-react";
import { WALL_KEYS } from "@/wall/select";
import type { KeyName } from "@/wall/wire";
import type { Ability } from "./able";

export interface PhoneKey {
  key: KeyName;
  name: string;
  icon: LucideIcon;
  /** On the keyboard, in act mode. */
  shortcut: string;
  /** Of a key that not every phone has. `instead`: what does the same on one without. */
  some?: { needs: Ability; instead: string };
}

export const PHONE_KEYS: readonly PhoneKey[] = [
  {
    key: "back",
    name: "Back",
    icon: ArrowLeft,
    shortcut: "b",
    some: { needs: "key_back", instead: "swipe in from its left edge" },
  },
  { key: "home", name: "Home", icon: House, shortcut: "h" },
  {
    key: "recents",
    name: "Recent apps",
    icon: SquareStack,
    shortcut: "r",
    some: { needs: "key_recents", instead: "swipe up from its lower edge and hold" },
  },
  {
    key: "notifications",
    name: "Notifications",
    icon: Bell,
    shortcut: "n",
    some: { needs: "key_notifications", instead: "swipe down from its upper edge" },
  },
  { key: "volume_down", name: "Volume down", icon: Volume1, shortcut: "-" },
  { key: "volume_up", name: "Volume up", icon: Volume2, shortcut: "+" },
  { key: "enter", name: "Enter", icon: CornerDownLeft, shortcut: "e" },
  { key: "delete", name: "Delete", icon: Delete, shortcut: "d" },
  { key: "power", name: "Power", icon: Power, shortcut: "p" },
];

/** What is not a key of the phone and has one here. */
export const SHORTCUTS = { ...WALL_KEYS, text: "t", screenshot: "s", rotate: "o" } as const;

export function phoneKey(key: string): PhoneKey | undefined {
  return PHONE_KEYS.find((one) => one.shortcut === key);
}

/** As it is drawn beside what it does. */
export function shown(shortcut: string): string {
  return shortcut === "-" ? "−" : shortcut.toUpperCase();
}
