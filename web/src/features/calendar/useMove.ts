// Moves a post at once, with undo; what the server refuses goes back, with its sentence and the next free time.
import { useState } from "react";
import { useMovePost } from "@/api/posts";
import { ApiProblem, isStatus, isTwin, sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Post, WallMoment } from "@/api/shapes";
import { dayName } from "@/lib/days";
import { splitWall } from "@/lib/when";
import { instantOf } from "@/lib/zones";
import { say } from "@/ui/Toast";
import { standsAt } from "./place";

export interface Refusal {
  post: Post;
  why: string;
  /** The next time at which it may stand, if the server knows one. */
  free: WallMoment | null;
  /** The time that was refused because the same is near: a person may want it nonetheless. */
  again: WallMoment | null;
}

export function useMove() {
  const { clientOf } = useScope();
  const change = useMovePost();
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const move = (post: Post, at: WallMoment, again = false) => {
    const wall = splitWall(at.wall);
    const before = standsAt(post);
    if (!wall) return;
    setRefusal(null);
    change.mutate(
      { post, at, due: instantOf(wall, at.zone).instant.toISOString(), again },
      {
        onSuccess: (moved) =>
          say(
            `Moved to ${wall.time} on ${dayName(wall.day)}.`,
            before ? { label: "Undo", act: () => move(moved, before) } : undefined,
          ),
        onError: (error) =>
          setRefusal({
            post,
            why: isStatus(error, 412)
              ? "Somebody changed this post meanwhile. Look at it, then move it again."
              : sayError(error),
            free: freeIn(error, clientOf(post.client_id)?.zone ?? at.zone),
            again: isTwin(error) ? at : null,
          }),
      },
    );
  };
  return { move, refusal, forget: () => setRefusal(null) };
}

function freeIn(error: unknown, zone: string): WallMoment | null {
  if (!(error instanceof ApiProblem) || typeof error.more.free !== "string") return null;
  const wall = splitWall(error.more.free);
  return wall && { wall: `${wall.day}T${wall.time}`, zone };
}
