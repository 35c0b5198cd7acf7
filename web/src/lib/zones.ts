// Wall times and IANA zones, without a date library: what the clock on a wall shows, and which instant that is.

export interface Wall {
  /** `2026-11-22` */
  day: string;
  /** `09:00` */
  time: string;
}

export interface Resolved {
  instant: Date;
  /** `gap`: the clocks jump over this time, the instant is the one after the jump. `twice`: it comes twice, the first is taken. */
  kind: "once" | "gap" | "twice";
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsIn(zone: string): Intl.DateTimeFormat {
  let made = formatters.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formatters.set(zone, made);
  }
  return made;
}

export function isZone(name: string): boolean {
  try {
    partsIn(name);
    return name !== "";
  } catch {
    return false;
  }
}

/** What a clock in `zone` shows at `instant`. */
export function wallAt(instant: Date, zone: string): Wall {
  const parts: Record<string, string> = {};
  for (const part of partsIn(zone).formatToParts(instant)) parts[part.type] = part.value;
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}

/** Minutes that `zone` is ahead of UTC at `instant`. */
export function offsetMinutes(instant: Date, zone: string): number {
  const { day, time } = wallAt(instant, zone);
  const shown = Date.parse(`${day}T${time}:00Z`);
  return Math.round((shown - Math.floor(instant.getTime() / 60_000) * 60_000) / 60_000);
}

/** The instant at which a clock in `zone` shows `wall`; says so when there is none or there are two. */
export function instantOf(wall: Wall, zone: string): Resolved {
  const naive = Date.parse(`${wall.day}T${wall.time}:00Z`);
  const day = 24 * 60 * 60_000;
  const offsets = new Set([offsetMinutes(new Date(naive - day), zone), offsetMinutes(new Date(naive + day), zone)]);
  const found = [...offsets]
    .map((offset) => new Date(naive - offset * 60_000))
    .filter((instant) => {
      const shown = wallAt(instant, zone);
      return shown.day === wall.day && shown.time === wall.time;
    })
    .sort((a, b) => a.getTime() - b.getTime());
  const first = found[0];
  if (!first) {
    const before = offsetMinutes(new Date(naive - day), zone);
    return { instant: new Date(naive - before * 60_000), kind: "gap" };
  }
  return { instant: first, kind: found.length > 1 ? "twice" : "once" };
}

/** `Europe/Berlin` read as people say it: `Berlin`. */
export function zoneCity(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Whether two zones show the same clock at `instant`. */
export function sameClock(a: string, b: string, instant: Date): boolean {
  return a === b || offsetMinutes(instant, a) === offsetMinutes(instant, b);
}

export function allZones(): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return zones.includes("UTC") ? zones : ["UTC", ...zones];
}
