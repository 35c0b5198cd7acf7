// The hours of a day as the clocks there show them: 24 of them, or 23 or 25 where the clocks are moved. Pure.
import { addDays } from "@/lib/days";
import { instantOf, offsetMinutes } from "@/lib/zones";

const MINUTE = 60_000;

/** From and to, in minutes of the day on the wall. */
export type Span = readonly [from: number, to: number];

export interface DayClock {
  day: string;
  /** What the clocks jump over. */
  skipped: Span | null;
  /** What the clocks show a second time. */
  again: Span | null;
}

/** A stretch of the axis, an hour as a rule. `again`: the second time that the clocks show it. */
export interface HourRow {
  start: number;
  length: number;
  again: boolean;
}

export function clockOf(day: string, zone: string): DayClock {
  const begin = instantOf({ day, time: "00:00" }, zone).instant.getTime() - MINUTE;
  const end = instantOf({ day: addDays(day, 1), time: "00:00" }, zone).instant.getTime() - MINUTE;
  const before = offsetMinutes(new Date(begin), zone);
  const after = offsetMinutes(new Date(end), zone);
  if (before === after) return { day, skipped: null, again: null };
  // The first minute that has the new offset.
  let [low, high] = [begin, end];
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
    if (offsetMinutes(new Date(middle), zone) === before) low = middle;
    else high = middle;
  }
  const reached = (high - Date.parse(`${day}T00:00:00Z`)) / MINUTE + before;
  const moved = after - before;
  if (moved > 0) return { day, skipped: [reached, reached + moved], again: null };
  return { day, skipped: null, again: [reached + moved, reached] };
}

/** The axis on which all these days can be drawn: an hour that none of them has is left out, one that comes twice
 * stands twice. */
export function rowsOf(clocks: readonly DayClock[]): HourRow[] {
  const rows: HourRow[] = [];
  for (let start = 0; start < 1440; start += 60) {
    if (!clocks.every((clock) => inSpan(clock.skipped, start) && inSpan(clock.skipped, start + 59)))
      rows.push({ start, length: 60, again: false });
  }
  const twice = clocks.find((clock) => clock.again)?.again;
  if (!twice) return rows;
  const at = rows.findIndex((row) => row.start >= twice[1]);
  rows.splice(at < 0 ? rows.length : at, 0, { start: twice[0], length: twice[1] - twice[0], again: true });
  return rows;
}

/** How far from the top a time stands, in minutes of the axis. */
export function depthOf(rows: readonly HourRow[], minutes: number, again = false): number {
  let depth = 0;
  for (const row of rows) {
    const inside = minutes >= row.start && minutes < row.start + row.length && row.again === again;
    if (inside) return depth + minutes - row.start;
    if (!row.again && !again && row.start > minutes) return depth;
    depth += row.length;
  }
  return depth;
}

/** The time that stands there; what comes a second time can't be planned and gives the time after it. */
export function minutesAt(rows: readonly HourRow[], depth: number): number {
  let left = Math.max(0, depth);
  for (const row of rows) {
    if (left < row.length) return row.again ? row.start + row.length : row.start + left;
    left -= row.length;
  }
  return 1439;
}

export const heightOf = (rows: readonly HourRow[]) => rows.reduce((sum, row) => sum + row.length, 0);

export function inSpan(span: Span | null, minutes: number): boolean {
  return span !== null && minutes >= span[0] && minutes < span[1];
}

/** `09:15` from minutes of the day, and back. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** What a person should know of this day's clocks; null on most days. */
export function clockNote({ skipped, again }: DayClock): string | null {
  if (skipped) return `Clocks go forward: ${timeOf(skipped[0])} to ${timeOf(skipped[1] % 1440)} does not exist`;
  if (again) return `Clocks go back: ${timeOf(again[0])} to ${timeOf(again[1] % 1440)} comes twice`;
  return null;
}
