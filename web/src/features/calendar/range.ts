// Which days a view shows around a day, and where a step leads. Pure.
import { addDays, addMonths, dayName, monthGrid, monthName } from "@/lib/days";
import type { View } from "./carrying";

export interface Shown {
  first: string;
  last: string;
  days: readonly string[];
}

export function shownDays(view: View, date: string): Shown {
  const days = daysOf(view, date);
  return { days, first: days[0] ?? date, last: days.at(-1) ?? date };
}

export function turned(view: View, date: string, steps: number): string {
  if (view === "day") return addDays(date, steps);
  if (view === "week") return addDays(date, 7 * steps);
  return `${addMonths(date.slice(0, 7), steps)}-01`;
}

/** `November 2026`, `16 to 22 November 2026`, `Sunday 22 November`. */
export function shownName(view: View, date: string, today: string): string {
  if (view === "day") return dayName(date, today);
  if (view !== "week") return monthName(date.slice(0, 7));
  const { first, last } = shownDays("week", date);
  const [from, to] = [first, last].map((day) => monthName(day.slice(0, 7)));
  const begin = from === to ? "" : ` ${from?.replace(/ \d+$/, "")}`;
  return `${Number(first.slice(8))}${begin} to ${Number(last.slice(8))} ${to}`;
}

function daysOf(view: View, date: string): string[] {
  if (view === "day") return [date];
  if (view === "week") {
    const monday = addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
    return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  }
  const days = monthGrid(date.slice(0, 7)).flat();
  return view === "month" ? days : days.filter((day) => day.startsWith(date.slice(0, 7)));
}
