// Where a carried post may go: steps of the keyboard, grids of the pointer. Pure.
import { addDays } from "@/lib/days";
import { instantOf } from "@/lib/zones";
import { clockOf, inSpan, timeOf } from "./hours";
import type { Spot } from "./place";

export type View = "month" | "week" | "day" | "list";

export const QUARTER = 15;

interface Step {
  days: number;
  minutes: number;
}

/** What an arrow means in a view; null for every other key. `fine` is with Shift: by the minute. */
export function stepOf(key: string, view: View, fine: boolean): Step | null {
  const byTime = view === "week" || view === "day";
  const size = fine ? 1 : QUARTER;
  switch (key) {
    case "ArrowLeft":
      return { days: -1, minutes: 0 };
    case "ArrowRight":
      return { days: 1, minutes: 0 };
    case "ArrowUp":
      return byTime ? { days: 0, minutes: -size } : { days: view === "month" ? -7 : -1, minutes: 0 };
    case "ArrowDown":
      return byTime ? { days: 0, minutes: size } : { days: view === "month" ? 7 : 1, minutes: 0 };
    default:
      return null;
  }
}

/** The spot a step away; over midnight into the next day, over a time that the clocks skip to the other side of it. */
export function stepped(spot: Spot, step: Step, zone: string): Spot {
  let minutes = spot.minutes + step.minutes;
  let day = addDays(spot.day, step.days);
  if (minutes < 0 || minutes >= 1440) {
    day = addDays(day, minutes < 0 ? -1 : 1);
    minutes = (minutes + 1440) % 1440;
  }
  const { skipped } = clockOf(day, zone);
  if (skipped && inSpan(skipped, minutes))
    return step.minutes < 0 && skipped[0] > 0
      ? { day, minutes: skipped[0] + step.minutes }
      : { day, minutes: skipped[1] };
  return { day, minutes };
}

/** The nearest line of the grid at or before; never into the next day. */
export function snapped(minutes: number, fine: boolean): number {
  const size = fine ? 1 : QUARTER;
  return Math.min(1440 - size, Math.max(0, Math.round(minutes / size) * size));
}

export function isPast(spot: Spot, zone: string, now: Date): boolean {
  return instantOf({ day: spot.day, time: timeOf(spot.minutes) }, zone).instant <= now;
}
