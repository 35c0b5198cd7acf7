// Instants as people read them: relative under a day, exact otherwise; durations; time left.
import { offsetMinutes, wallAt } from "./zones";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `in 3 min`, `2 h ago`, and beyond a day `Sun 22 Nov, 09:00`. */
export function told(instant: Date, now: Date, zone: string): string {
  const apart = instant.getTime() - now.getTime();
  const size = Math.abs(apart);
  if (size < 45_000) return "now";
  if (size >= DAY) return short(instant, zone, now);
  const text = size < HOUR ? `${Math.min(59, Math.max(1, Math.round(size / MINUTE)))} min` : hoursAndMinutes(size);
  return apart > 0 ? `in ${text}` : `${text} ago`;
}

function hoursAndMinutes(size: number): string {
  const hours = Math.floor(size / HOUR);
  const minutes = Math.floor((size % HOUR) / MINUTE);
  return hours < 6 && minutes > 0 ? `${hours} h ${minutes} min` : `${Math.round(size / HOUR)} h`;
}

/** `Sun 22 Nov, 09:00`; with the year where it is not this one. */
export function short(instant: Date, zone: string, now: Date): string {
  const { day, time } = wallAt(instant, zone);
  const sameYear = wallAt(now, zone).day.slice(0, 4) === day.slice(0, 4);
  const date = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
  }).format(instant);
  return `${date.replace(",", "")}, ${time}`;
}

/** `Sunday 22 November 2026 at 09:00:05, Europe/Berlin (UTC+1)`. */
export function exact(instant: Date, zone: string): string {
  const date = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "full" }).format(instant);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium" }).format(instant);
  return `${date.replace(",", "")} at ${time}, ${zone} (${offsetName(instant, zone)})`;
}

function offsetName(instant: Date, zone: string): string {
  const minutes = offsetMinutes(instant, zone);
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const rest = size % 60 ? `:${String(size % 60).padStart(2, "0")}` : "";
  return `UTC${minutes < 0 ? "−" : "+"}${Math.floor(size / 60)}${rest}`;
}

/** `0:42`, `12:05`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** `0:42.31`, for a place in a video. */
export function place(seconds: number): string {
  const hundredths = Math.floor((Math.max(0, seconds) % 1) * 100 + 1e-6);
  return `${clock(seconds)}.${String(hundredths).padStart(2, "0")}`;
}

/** `about 2 min left`, `a few seconds left`. */
export function left(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "";
  if (seconds < 8) return "a few seconds left";
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < 3300) return `about ${Math.round(seconds / 60) || 1} min left`;
  return `about ${Math.round(seconds / 3600) || 1} h left`;
}

/** `1.2 s`, `48 s`, `3 min 5 s`. */
export function took(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return whole % 60 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${whole / 60} min`;
}
