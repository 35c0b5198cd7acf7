// Where posts stand on a calendar: on the day of their own wall time. Pure.
import type { Post, PostState, WallMoment } from "@/api/shapes";
import { splitWall } from "@/lib/when";
import { wallAt } from "@/lib/zones";

export interface Placed {
  post: Post;
  day: string;
  time: string;
}

const MOVABLE: readonly PostState[] = ["draft", "approved", "scheduled", "missed"];

export const movable = (post: Post) => MOVABLE.includes(post.state);

/** Null when it has no time yet. What is out stands where it went out, what is planned where its wall time says. */
export function placed(post: Post): Placed | null {
  const zone = post.zone ?? "UTC";
  if (post.posted_at) return { post, ...wallAt(new Date(post.posted_at), zone) };
  const wall = post.wall_time ? splitWall(post.wall_time) : null;
  if (wall) return { post, ...wall };
  return post.due_at ? { post, ...wallAt(new Date(post.due_at), zone) } : null;
}

export function byDay(posts: readonly Post[]): Map<string, Placed[]> {
  const days = new Map<string, Placed[]>();
  for (const post of posts) {
    if (post.state === "cancelled") continue;
    const one = placed(post);
    if (!one) continue;
    days.set(one.day, [...(days.get(one.day) ?? []), one]);
  }
  for (const list of days.values())
    list.sort((a, b) => a.time.localeCompare(b.time) || a.post.id.localeCompare(b.post.id));
  return days;
}

/** The same time of day on another day, in the post's own zone. */
export function movedTo(post: Post, day: string): WallMoment {
  return { wall: `${day}T${placed(post)?.time ?? "09:00"}`, zone: post.zone ?? "UTC" };
}
