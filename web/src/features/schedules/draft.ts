// A schedule while it is being written, and what of it is sent. Pure.
import type { Schedule, ScheduleDraft } from "@/api/schedules";
import { addDays } from "@/lib/days";
import { splitWall } from "@/lib/when";
import { DAILY, readRule, type SimpleRule, writeRule } from "./rule";

export interface Draft {
  name: string;
  kind: Schedule["kind"];
  /** By choices, or as text. */
  by: "choices" | "text";
  simple: SimpleRule;
  text: string;
  day: string;
  time: string;
  zone: string;
  without: readonly string[];
  window: { opens: string; closes: string; times: number; apart_minutes: number };
  accounts: readonly string[];
  pattern: Schedule["pattern"];
  contents: readonly string[];
  repeat_queue: boolean;
  misfire: Schedule["misfire"];
  seed: string | null;
}

export function newDraft(today: string, zone: string, accounts: readonly string[]): Draft {
  return {
    name: "",
    kind: "rule",
    by: "choices",
    simple: { ...DAILY },
    text: "",
    day: addDays(today, 1),
    time: "09:00",
    zone,
    without: [],
    window: { opens: "17:00", closes: "20:00", times: 1, apart_minutes: 60 },
    accounts,
    pattern: "each",
    contents: [],
    repeat_queue: false,
    misfire: "ask",
    seed: null,
  };
}

export function draftOf(schedule: Schedule): Draft {
  const start = splitWall(schedule.start) ?? { day: "", time: "09:00" };
  const simple = schedule.rule ? readRule(schedule.rule) : DAILY;
  return {
    ...start,
    name: schedule.name,
    kind: schedule.kind,
    by: simple ? "choices" : "text",
    simple: simple ?? { ...DAILY },
    text: schedule.rule ?? "",
    zone: schedule.zone,
    without: schedule.without,
    window: schedule.window
      ? { ...schedule.window, times: schedule.window.times ?? 1, apart_minutes: schedule.window.apart_minutes ?? 0 }
      : newDraft("2026-01-01", "UTC", []).window,
    accounts: schedule.accounts,
    pattern: schedule.pattern,
    contents: schedule.contents,
    repeat_queue: schedule.repeat_queue,
    misfire: schedule.misfire,
    seed: schedule.seed,
  };
}

/** As it is sent; a draft without a name is sent for its times with one. */
export function sent(draft: Draft, name = draft.name.trim()): ScheduleDraft {
  const rule = draft.by === "text" ? draft.text.trim() : writeRule(draft.simple);
  return {
    name,
    kind: draft.kind,
    rule: draft.kind === "slots" ? null : rule,
    start: `${draft.day}T${draft.kind === "rule" ? draft.time : "00:00"}`,
    zone: draft.zone,
    without: [...draft.without],
    window: draft.kind === "window" ? draft.window : null,
    accounts: [...draft.accounts],
    pattern: draft.kind === "slots" ? "each" : draft.pattern,
    contents: [...draft.contents],
    repeat_queue: draft.repeat_queue,
    misfire: draft.misfire,
    seed: draft.seed,
  };
}

/** What is missing before its times can be told; null when nothing is. */
export function missing(draft: Draft): string | null {
  if (!draft.day) return "Choose the first day.";
  if (draft.kind === "rule" && !draft.time) return "Choose a time.";
  if (draft.accounts.length === 0) return "Choose at least one account.";
  if (draft.kind !== "slots" && draft.by === "text" && !draft.text.trim()) return "Write a rule or a cron line.";
  if (draft.kind === "window" && (!draft.window.opens || !draft.window.closes))
    return "Say when the window opens and closes.";
  return null;
}

/** The queue with one of its contents moved to another place. */
export function reordered(queue: readonly string[], from: number, to: number): string[] {
  const left = queue.filter((_, index) => index !== from);
  const moved = queue[from];
  if (moved === undefined) return [...queue];
  const at = Math.min(left.length, Math.max(0, to));
  return [...left.slice(0, at), moved, ...left.slice(at)];
}
