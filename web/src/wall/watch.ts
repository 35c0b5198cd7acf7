// Which phones the server must send, and how sharp: only what is seen is sent. Pure.
import type { Layout } from "./layout";
import { type Box, touch } from "./shapes";

export type Quality = "off" | "thumbnail" | "focus";

/** A tile at least this long, in CSS pixels, is worth the sharp stream; a phone that lies is long across. */
const FOCUS_FROM = 520;

/** The quality for each phone of the wall; `null` for the part that is seen means nobody is looking. */
export function watched(ids: readonly string[], layout: Layout, seen: Box | null): ReadonlyMap<string, Quality> {
  const qualities = new Map<string, Quality>(ids.map((id) => [id, "off"]));
  for (const tile of layout.tiles) {
    if (!seen || !touch(tile, seen)) continue;
    qualities.set(tile.id, Math.max(tile.width, tile.height) >= FOCUS_FROM ? "focus" : "thumbnail");
  }
  return qualities;
}

/** What the server was told of one phone, by its number on the socket. */
export interface Wanted {
  channel: number;
  quality: Quality;
}

/** What the server must be told, given what it was told before; by phone. Numbers may pass from one to another. */
export function news(before: ReadonlyMap<string, Wanted>, now: ReadonlyMap<string, Wanted>): Wanted[] {
  const taken = new Set([...now.values()].map((one) => one.channel));
  const left = [...before.values()].filter((one) => one.quality !== "off" && !taken.has(one.channel));
  const changed = [...now].filter(([id, { channel, quality }]) => {
    const known = before.get(id);
    if (known?.channel === channel) return known.quality !== quality;
    return quality !== "off" || [...before.values()].some((one) => one.channel === channel && one.quality !== "off");
  });
  return [...left.map(({ channel }) => ({ channel, quality: "off" as const })), ...changed.map(([, one]) => one)];
}
