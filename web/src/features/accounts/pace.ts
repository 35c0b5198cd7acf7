// The form of an account's pace: as typed, what is wrong with it, and what of it is new. Pure.
import type { Account } from "@/api/shapes";

export interface PaceDraft {
  cap: string;
  apart: string;
  ramp: boolean;
}

export interface PaceChange {
  daily_cap?: number;
  minutes_apart?: number;
  ramp_from?: string | null;
}

export function paceDraft({ pace }: Account): PaceDraft {
  return { cap: String(pace.daily_cap), apart: String(pace.minutes_apart), ramp: pace.ramp !== null };
}

export function paceFaults({ cap, apart }: PaceDraft): { cap?: string; apart?: string } {
  return {
    ...(within(cap, 1, 500) ? {} : { cap: "A whole number from 1 to 500." }),
    ...(within(apart, 0, 1440) ? {} : { apart: "Minutes from 0 to 1440, which is a day." }),
  };
}

/** Only what differs from the account; a ramp that is switched on begins today. */
export function paceChange({ pace }: Account, draft: PaceDraft): PaceChange {
  const { cap, apart, ramp } = draft;
  return {
    ...(cap.trim() === String(pace.daily_cap) ? {} : { daily_cap: Number(cap) }),
    ...(apart.trim() === String(pace.minutes_apart) ? {} : { minutes_apart: Number(apart) }),
    ...(ramp === (pace.ramp !== null) ? {} : { ramp_from: ramp ? pace.today : null }),
  };
}

function within(text: string, least: number, most: number): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
}
