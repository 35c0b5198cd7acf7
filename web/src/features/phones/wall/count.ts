// The wall's title line: how many phones, how they are, who has them. Pure.
import { counted } from "@/lib/numbers";
import type { Numbered } from "../filters";
import { type Held, otherHolder } from "./phones";

export function countWords(phones: readonly Numbered[], all: number, held: ReadonlyMap<string, Held>): string {
  const live = phones.filter(({ phone }) => phone.offline_since === null && phone.alive === "live").length;
  const mine = phones.filter(({ phone }) => held.get(phone.id)?.mine).length;
  const others = phones.filter(({ phone }) => otherHolder(phone, held)).length;
  const parts = [
    phones.length === all ? counted(all, "phone") : `${phones.length} of ${counted(all, "phone")}`,
    phones.length > 0 && (live === phones.length ? "all live" : `${live} live`),
    mine > 0 && `${mine} yours`,
    others > 0 && `${others} held by others`,
  ];
  return parts.filter(Boolean).join(" · ");
}
