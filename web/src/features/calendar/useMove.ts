// Moves a post to another day at once, with undo.
import { useChangePost } from "@/api/posts";
import { isStatus, sayError } from "@/api/problem";
import type { Post } from "@/api/shapes";
import { dayName } from "@/lib/days";
import { say, sayBroken } from "@/ui/Toast";
import { movedTo, placed } from "./place";

export function useMove() {
  const change = useChangePost();
  const move = (post: Post, day: string) => {
    const before = placed(post)?.day ?? day;
    if (before === day) return;
    change.mutate(
      { id: post.id, version: post.version, at: movedTo(post, day) },
      {
        onSuccess: (moved) => say(`Moved to ${dayName(day)}.`, { label: "Undo", act: () => move(moved, before) }),
        onError: (error) =>
          sayBroken(
            isStatus(error, 412)
              ? "Somebody changed this post meanwhile. Look at it, then move it again."
              : sayError(error),
          ),
      },
    );
  };
  const going = change.isPending ? change.variables : undefined;
  return { move, going };
}
