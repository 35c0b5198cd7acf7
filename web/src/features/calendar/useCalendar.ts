// What the calendar shows: posts, room and free slots of the days in sight, by day, after the filters.
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { freeSlotsQuery, roomQuery } from "@/api/calendar";
import { accountsQuery, calendarQuery } from "@/api/posts";
import { addDays, gaps } from "@/lib/days";
import { splitWall } from "@/lib/when";
import { wallAt } from "@/lib/zones";
import { accountsLeft, type Filters, postsLeft } from "./filters";
import type { Free } from "./Ghost";
import { byDay } from "./place";
import type { Shown } from "./range";
import type { RoomLine } from "./RoomStrip";

const HORIZON = 14;
/** Slots are asked for account by account. */
const MOST_ACCOUNTS = 24;
const NONE: readonly never[] = [];

interface Wanted {
  client: string | undefined;
  zone: string;
  today: string;
  shown: Shown;
  filters: Filters;
  withSlots: boolean;
}

export function useCalendar({ client, zone, today, shown, filters, withSlots }: Wanted) {
  const { first, last } = shown;
  // The days in sight, and the two weeks in which gaps are looked for; a day more on both sides for other zones.
  const posts = useQuery(
    calendarQuery({ client, from: `${addDays(first, -1)}T00:00:00Z`, to: `${addDays(last, 2)}T00:00:00Z` }),
  );
  const accounts = useQuery(accountsQuery(client));
  const open = accounts.data?.filter((one) => one.state !== "closed") ?? NONE;
  const left = accountsLeft(open, filters);
  const from = first < today ? today : first;
  const ahead = from <= last;
  const room = useQuery({ ...roomQuery({ client, from, to: last }), enabled: ahead });
  const slots = useQueries({
    queries: left.slice(0, MOST_ACCOUNTS).map((account) => ({
      ...freeSlotsQuery(account.id, { from, to: last }),
      enabled: ahead && withSlots,
    })),
    combine: (answers) => answers.flatMap((answer, index) => (answer.data ?? []).map((slot) => ({ slot, index }))),
  });

  const days = useMemo(
    () => byDay(postsLeft(posts.data ?? NONE, filters, accounts.data ?? NONE), zone),
    [posts.data, accounts.data, filters, zone],
  );
  const lines = left.map((account): RoomLine => {
    const own = (room.data ?? []).filter((one) => one.account_id === account.id);
    return { account, days: new Map(own.map((one) => [one.day, one])) };
  });
  const free = new Map<string, Free[]>();
  for (const { slot, index } of slots) {
    const account = left[index];
    const wall = slotWall(slot, zone);
    if (account && wall) free.set(wall.day, [...(free.get(wall.day) ?? []), { account, ...wall }]);
  }
  for (const list of free.values()) list.sort((a, b) => a.time.localeCompare(b.time));
  return {
    posts,
    error: posts.error ?? accounts.error ?? room.error,
    retry: () => void Promise.all([posts.refetch(), accounts.refetch(), ahead && room.refetch()]),
    accounts: open,
    days,
    lines: ahead ? lines : [],
    full: fullDays(lines),
    free,
    gaps: new Set(gaps(today, HORIZON, new Set(days.keys())).filter((day) => day >= first && day <= last)),
  };
}

function slotWall(slot: { at: string; wall: string; zone: string }, zone: string) {
  return slot.zone === zone ? splitWall(slot.wall) : wallAt(new Date(slot.at), zone);
}

function fullDays(lines: readonly RoomLine[]): Map<string, string[]> {
  const full = new Map<string, string[]>();
  for (const { account, days } of lines)
    for (const [day, room] of days) if (room.used >= room.cap) full.set(day, [...(full.get(day) ?? []), account.name]);
  return full;
}
