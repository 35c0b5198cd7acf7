// A moment to publish at: read from the form, checked, and told for both clocks. Pure.
import type { WallMoment } from "@/api/shapes";
import { short } from "./moments";
import { addDays } from "./days";
import { instantOf, isZone, sameClock, wallAt, zoneCity } from "./zones";

/** `2026-11-22T09:00`, as a datetime-local field gives it. */
export function splitWall(wall: string): { day: string; time: string } | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(wall);
  return found?.[1] && found[2] ? { day: found[1], time: found[2] } : null;
}

/** Null when the moment can be used. */
export function whenFault({ wall, zone }: WallMoment, now: Date): string | null {
  const parts = splitWall(wall);
  if (!parts) return "Give a day and a time.";
  if (!isZone(zone)) return "Choose a time zone.";
  const { instant, kind } = instantOf(parts, zone);
  if (kind === "gap") return `The clocks in ${zoneCity(zone)} jump over this time. Take an earlier or a later one.`;
  if (instant.getTime() <= now.getTime()) return "This time has passed. Take a later one, or publish now.";
  return null;
}

/** The moment in words: in its own zone, and in the viewer's where that differs. */
export function tellWhen({ wall, zone }: WallMoment, viewer: string, now: Date): string {
  const parts = splitWall(wall);
  if (!parts || !isZone(zone)) return "";
  const { instant, kind } = instantOf(parts, zone);
  const own = `${short(instant, zone, now)} in ${zoneCity(zone)}`;
  const twice = kind === "twice" ? "; the clocks show it twice that night, the first is taken" : "";
  if (sameClock(viewer, zone, instant)) return own + twice;
  return `${own}, ${short(instant, viewer, now)} for you in ${zoneCity(viewer)}${twice}`;
}

/** Tomorrow at nine on the client's wall. */
export function firstGuess(now: Date, zone: string, day?: string): string {
  const today = wallAt(now, zone).day;
  return `${day && day > today ? day : addDays(today, 1)}T09:00`;
}
