// One post on the calendar: its account's colour and platform, its state, time and title; carried by pointer or keys.
import clsx from "clsx";
import type { CSSProperties, KeyboardEvent, PointerEvent } from "react";
import { type Kind, State } from "@/ui/State";
import { postState } from "@/ui/states";
import { accountColour, PlatformIcon } from "@/ui/AccountMark";
import { movable, type Placed, titleOf } from "./place";

/** What went wrong or waits for a person is seen without its icon too. */
const GROUND: Record<Kind, string> = {
  go: "border-line bg-surface hover:bg-hover",
  calm: "border-line bg-surface hover:bg-hover",
  run: "border-line bg-run-soft",
  wait: "border-line bg-wait-soft",
  broken: "border-line bg-broken-soft",
};

const INK: Record<Kind, string> = {
  go: "text-go",
  calm: "",
  run: "text-run",
  wait: "text-wait",
  broken: "text-broken",
};

export interface ChipActs {
  current: string | undefined;
  /** The post that is being carried. */
  carried: string | undefined;
  canMove: boolean;
  onOpen: (id: string) => void;
  onGrab: (event: PointerEvent, one: Placed) => void;
  onPickUp: (one: Placed) => void;
}

interface Props extends ChipActs {
  placed: Placed;
  /** `line` stands in a list of a day, `block` on the axis of hours. */
  shape: "line" | "block";
  className?: string;
  style?: CSSProperties;
}

export function Chip({ placed, shape, current, carried, canMove, onOpen, onGrab, onPickUp, className, style }: Props) {
  const { post, time } = placed;
  const told = postState(post.state);
  const can = canMove && movable(post);
  const onKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "m" || !can || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onPickUp(placed);
  };
  return (
    <button
      type="button"
      data-row
      data-post={post.id}
      aria-current={post.id === current}
      aria-keyshortcuts={can ? "M" : undefined}
      onClick={() => onOpen(post.id)}
      onKeyDown={onKey}
      onPointerDown={can ? (event) => onGrab(event, placed) : undefined}
      title={`${time} ${titleOf(post)}\n${post.account.name} · ${told.word}`}
      style={{ ...style, borderLeftColor: accountColour(post.account.id) }}
      className={clsx(
        "flex min-w-0 overflow-hidden rounded-sm border border-l-3 text-left text-sm transition-colors",
        shape === "line"
          ? "min-h-6 w-full items-center gap-1 px-1 max-md:flex-col max-md:gap-0 max-md:py-0.5 max-md:text-xs"
          : "@container flex-col px-1 max-md:text-xs",
        post.id === current ? "border-pick bg-pick-soft" : GROUND[told.kind],
        post.id === carried && "opacity-40",
        can && "cursor-grab",
        post.state === "removed" && "line-through",
        className,
      )}
    >
      <span
        className={clsx(
          "flex min-w-0 items-center gap-1",
          shape === "block" ? "w-full" : "max-md:flex-col max-md:gap-0",
        )}
      >
        <State
          bare
          told={{ ...told, word: "" }}
          className={clsx("shrink-0", shape === "block" && "@max-[4rem]:hidden")}
        />
        <span className={clsx("figures shrink-0", INK[told.kind], shape === "block" && "@max-[3.25rem]:text-xs")}>
          {time}
        </span>
        {shape === "block" && (
          <span className="ml-auto text-ink-3 @max-[5.5rem]:hidden">
            <PlatformIcon platform={post.account.platform} />
          </span>
        )}
      </span>
      <span dir="auto" className={clsx("min-w-0 truncate text-ink-2", shape === "line" && "flex-1 max-md:sr-only")}>
        {titleOf(post)}
      </span>
      {shape === "line" && (
        <span className="text-ink-3 max-md:hidden">
          <PlatformIcon platform={post.account.platform} />
        </span>
      )}
      <span className="sr-only">
        , {told.word}, on {post.account.name}
        {can && ". Press M to move it"}
      </span>
    </button>
  );
}
