// Calendar arithmetic on plain days (`2026-11-22`). A day is a square on a calendar here, never 24 hours.

const DAY = 86_400_000;

function toUtc(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function fromUtc(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(day: string, count: number): string {
  return fromUtc(toUtc(day) + count * DAY);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY);
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toUtc(text)) && fromUtc(toUtc(text)) === text;
}

/** `2026-11` and a step in months. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const date = new Date(Date.UTC(year, number - 1 + count, 1));
  return date.toISOString().slice(0, 7);
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** The weeks that show a month, Monday first, filled with the days of its neighbours. */
export function monthGrid(month: string, firstWeekday = 1): string[][] {
  const first = `${month}-01`;
  const weekday = new Date(toUtc(first)).getUTCDay();
  let day = addDays(first, -((weekday - firstWeekday + 7) % 7));
  const weeks: string[][] = [];
  do {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)));
    day = addDays(day, 7);
  } while (day.startsWith(month));
  return weeks;
}

/** The days from `today` on, `horizon` of them, on which nothing in `busy` goes out. */
export function gaps(today: string, horizon: number, busy: ReadonlySet<string>): string[] {
  return Array.from({ length: horizon }, (_, i) => addDays(today, i)).filter((day) => !busy.has(day));
}

export function weekdayName(day: string, style: "long" | "short" | "narrow" = "short"): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: style, timeZone: "UTC" }).format(toUtc(day));
}

export function monthName(month: string): string {
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    toUtc(`${month}-01`),
  );
}

/** `Sunday 22 November`, with the year where it is not that of `today`. */
export function dayName(day: string, today?: string): string {
  const form = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: today && today.slice(0, 4) !== day.slice(0, 4) ? "numeric" : undefined,
    timeZone: "UTC",
  });
  return form.format(toUtc(day)).replace(",", "");
}
