// Simple choices and the recurrence rule (RFC 5545) that they mean, both ways; and rules in words. Pure.

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const WEEKDAY_NAMES: Record<Weekday, string> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};

export interface SimpleRule {
  every: "day" | "week" | "month";
  interval: number;
  /** Of a weekly rule; none means the weekday of the first time. */
  days: readonly Weekday[];
  /** Of a monthly rule: 1 to 31, or -1 for the last day. */
  monthDay: number;
  /** Its last day, or after how many times it ends; both null: never. */
  until: string | null;
  count: number | null;
}

export const DAILY: SimpleRule = { every: "day", interval: 1, days: [], monthDay: 1, until: null, count: null };

const FREQUENCY = { day: "DAILY", week: "WEEKLY", month: "MONTHLY" } as const;

export function writeRule(rule: SimpleRule): string {
  const parts = [`FREQ=${FREQUENCY[rule.every]}`];
  if (rule.interval > 1) parts.push(`INTERVAL=${rule.interval}`);
  if (rule.every === "week" && rule.days.length)
    parts.push(`BYDAY=${WEEKDAYS.filter((day) => rule.days.includes(day)).join(",")}`);
  if (rule.every === "month") parts.push(`BYMONTHDAY=${rule.monthDay}`);
  if (rule.until) parts.push(`UNTIL=${rule.until.replaceAll("-", "")}T235900`);
  else if (rule.count) parts.push(`COUNT=${rule.count}`);
  return parts.join(";");
}

/** Null when the simple choices can't say what the rule says. */
export function readRule(text: string): SimpleRule | null {
  const line = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "");
  const rule: SimpleRule = { ...DAILY };
  for (const part of line.split(";")) {
    const [name = "", value = ""] = part.split("=");
    const number = Number(value);
    if (name === "FREQ") {
      const every = (Object.keys(FREQUENCY) as SimpleRule["every"][]).find((one) => FREQUENCY[one] === value);
      if (!every) return null;
      rule.every = every;
    } else if (name === "INTERVAL" && number >= 1) rule.interval = number;
    else if (name === "COUNT" && number >= 1) rule.count = number;
    else if (name === "UNTIL" && /^\d{8}(T\d{4,6}Z?)?$/.test(value))
      rule.until = `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`;
    else if (name === "BYDAY" && value.split(",").every((day) => (WEEKDAYS as readonly string[]).includes(day)))
      rule.days = value.split(",") as Weekday[];
    else if (name === "BYMONTHDAY" && Number.isInteger(number) && number >= -1 && number !== 0 && number <= 31)
      rule.monthDay = number;
    else return null;
  }
  if (!line.includes("FREQ=")) return null;
  if (rule.days.length && rule.every !== "week") return null;
  return line.includes("BYMONTHDAY") === (rule.every === "month") ? rule : null;
}

/** `every Monday and Thursday`, `every 2 days`; what is not simple stands as it was written. */
export function sayRule(text: string | null): string {
  if (!text) return "every day";
  const rule = readRule(text);
  if (!rule) return text.includes("=") ? text.replace(/^RRULE:/i, "") : `cron ${text}`;
  return `${sayEvery(rule)}${sayEnd(rule)}`;
}

function sayEvery({ every, interval, days, monthDay }: SimpleRule): string {
  const often = interval === 1 ? `every ${every}` : `every ${interval} ${every}s`;
  if (every === "day") return often;
  if (every === "month") return `${often} on ${monthDay === -1 ? "its last day" : `day ${monthDay}`}`;
  if (days.length === 0) return often;
  const names = WEEKDAYS.filter((day) => days.includes(day)).map((day) => WEEKDAY_NAMES[day]);
  const on = days.length === 5 && !days.includes("SA") && !days.includes("SU") ? "Monday to Friday" : listed(names);
  return interval === 1 ? `every ${on}`.replace("every Monday to", "Monday to") : `${often} on ${on}`;
}

function sayEnd({ until, count }: SimpleRule): string {
  if (until) return `, until ${until}`;
  return count ? `, ${count === 1 ? "once" : `${count} times`}` : "";
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
