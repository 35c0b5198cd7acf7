// One post in a day of the month: draggable, and movable with the keyboard.
import clsx from "clsx";
import type { KeyboardEvent } from "react";
import { State } from "@/ui/State";
import { postState } from "@/ui/states";
import { movable, type Placed } from "./place";

export const DRAGGED = "application/x-greenroom-post";

interface Props {
  placed: Placed;
  current: boolean;
  moving: boolean;
  onOpen: () => void;
  onKey: (event: KeyboardEvent) => void;
}

export function Chip({ placed: { post, time }, current, moving, onOpen, onKey }: Props) {
  const told = postState(post.state);
  const title = post.content.title || post.content.topic;
  const can = movable(post);
  return (
    <button
      type="button"
      data-row
      data-post={post.id}
      draggable={can}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, post.id);
        event.dataTransfer.effectAllowed = "move";
      }}
      onClick={onOpen}
      onKeyDown={onKey}
      title={title}
      className={clsx(
        "flex min-h-6 w-full min-w-0 items-center gap-1 rounded-sm border px-1 text-left text-sm transition-colors max-md:flex-col max-md:gap-0 max-md:py-0.5 max-md:text-xs",
        current ? "border-pick bg-pick-soft" : "border-line bg-surface hover:bg-hover",
        moving && "opacity-50",
        can && "cursor-grab",
        post.state === "removed" && "line-through",
      )}
    >
      <State bare told={{ ...told, word: "" }} className="shrink-0" />
      <span className="figures shrink-0">{time}</span>
      <span dir="auto" className="min-w-0 truncate text-ink-2 max-md:sr-only">
        {title}
      </span>
      <span className="sr-only">
        , {told.word}
        {can && ". Press M to move it"}
      </span>
    </button>
  );
}
