// Where posts stand on a calendar: on the day and at the time that a clock in the calendar's zone shows. Pure.
import type { Post, PostState, WallMoment } from "@/api/shapes";
import { addDays, daysBetween } from "@/lib/days";
import { splitWall } from "@/lib/when";
import { instantOf, wallAt } from "@/lib/zones";
import { minutesOf, timeOf } from "./hours";

export interface Placed {
  post: Post;
  day: string;
  time: string;
  instant: Date;
  /** The clocks show this time twice that day, and it is the second. */
  again: boolean;
}

/** A quarter-hour or minute of a day on the calendar. */
export interface Spot {
  day: string;
  minutes: number;
}

const MOVABLE: readonly PostState[] = ["draft", "approved", "scheduled", "missed"];

export const movable = (post: Post) => MOVABLE.includes(post.state);

export const titleOf = (post: Post) => post.content.title || post.content.topic;

/** Null when it has no time yet. What is out stands where it went out. */
export function placed(post: Post, zone: string): Placed | null {
  const instant = instantOfPost(post);
  if (!instant) return null;
  const wall = wallAt(instant, zone);
  return { post, ...wall, instant, again: instant.getTime() > instantOf(wall, zone).instant.getTime() + 59_999 };
}

export function byDay(posts: readonly Post[], zone: string): Map<string, Placed[]> {
  const days = new Map<string, Placed[]>();
  for (const post of posts) {
    if (post.state === "cancelled") continue;
    const one = placed(post, zone);
    if (!one) continue;
    days.set(one.day, [...(days.get(one.day) ?? []), one]);
  }
  for (const list of days.values())
    list.sort((a, b) => a.instant.getTime() - b.instant.getTime() || a.post.id.localeCompare(b.post.id));
  return days;
}

/** That many days later or earlier at the same time of day, in the post's own zone: the wall counts, not the hours. */
export function movedBy(post: Post, days: number): WallMoment | null {
  const own = ownWall(post);
  return own && { wall: `${addDays(own.day, days)}T${own.time}`, zone: own.zone };
}

/** On that spot of a calendar in `zone`, told in the post's own zone. */
export function movedOnto(post: Post, spot: Spot, zone: string): WallMoment {
  const wall = { day: spot.day, time: timeOf(spot.minutes) };
  const own = post.zone ?? zone;
  if (own === zone) return { wall: `${wall.day}T${wall.time}`, zone };
  const there = wallAt(instantOf(wall, zone).instant, own);
  return { wall: `${there.day}T${there.time}`, zone: own };
}

/** Where it stands now, as it is sent back on undo. */
export function standsAt(post: Post): WallMoment | null {
  const own = ownWall(post);
  return own && { wall: `${own.day}T${own.time}`, zone: own.zone };
}

export function spotOf(one: Placed): Spot {
  return { day: one.day, minutes: minutesOf(one.time) };
}

export function daysApart(one: Placed, day: string): number {
  return daysBetween(one.day, day);
}

function instantOfPost(post: Post): Date | null {
  const at = post.posted_at ?? post.due_at;
  if (at) return new Date(at);
  const wall = post.wall_time ? splitWall(post.wall_time) : null;
  return wall && instantOf(wall, post.zone ?? "UTC").instant;
}

function ownWall(post: Post) {
  const zone = post.zone ?? "UTC";
  const wall = post.wall_time ? splitWall(post.wall_time) : null;
  if (wall) return { ...wall, zone };
  const instant = instantOfPost(post);
  return instant && { ...wallAt(instant, zone), zone };
}
