// The month as a grid: what goes out on which day, which days are free; posts are dragged or carried with the keys.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { Plus } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import type { Post } from "@/api/shapes";
import { addDays, dayName, monthGrid, weekdayName } from "@/lib/days";
import { useListKeys } from "@/ui/List";
import { Chip, DRAGGED } from "./Chip";
import { movable, type Placed, placed } from "./place";

interface Props {
  month: string;
  today: string;
  days: ReadonlyMap<string, readonly Placed[]>;
  free: ReadonlySet<string>;
  current: string | undefined;
  canPlan: boolean;
  onOpen: (post: Post) => void;
  onMove: (post: Post, day: string) => void;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function Month(props: Props) {
  const grid = useRef<HTMLDivElement>(null);
  useListKeys(grid);
  const [over, setOver] = useState<string | null>(null);
  const [carried, setCarried] = useState<{ post: Post; day: string } | null>(null);
  const weeks = monthGrid(props.month);
  const all = [...props.days.values()].flat();

  const drop = (event: DragEvent, day: string) => {
    event.preventDefault();
    setOver(null);
    const one = all.find(({ post }) => post.id === event.dataTransfer.getData(DRAGGED));
    if (one && movable(one.post)) props.onMove(one.post, day);
  };

  const carry = (event: KeyboardEvent, post: Post) => {
    if (!carried) {
      if (event.key.toLowerCase() !== "m" || !movable(post)) return;
      setCarried({ post, day: placed(post)?.day ?? props.today });
    } else if (STEPS[event.key]) {
      // Only where it can be seen, and not into the past; Reschedule leads everywhere else.
      const day = addDays(carried.day, STEPS[event.key] ?? 0);
      if (day >= props.today && day <= (weeks.at(-1)?.at(-1) ?? day)) setCarried({ post, day });
    } else if (event.key === "Enter") {
      props.onMove(post, carried.day);
      setCarried(null);
    } else if (event.key === "Escape") {
      setCarried(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={grid} className="flex min-h-full flex-col">
      <p role="status" className="sr-only">
        {carried && `Moving to ${dayName(carried.day)}. Arrows choose the day, Enter puts it there, Escape leaves it.`}
      </p>
      <div className="grid grid-cols-7 border-b text-sm text-ink-3" aria-hidden>
        {weeks[0]?.map((day) => (
          <span key={day} className="px-2 py-1">
            {weekdayName(day)}
          </span>
        ))}
      </div>
      <div className="grid flex-1 auto-rows-[minmax(6.5rem,1fr)] grid-cols-7">
        {weeks.flat().map((day) => (
          <Day
            key={day}
            {...props}
            day={day}
            placed={props.days.get(day) ?? []}
            target={day === over || day === carried?.day}
            carried={carried?.post.id}
            onOver={setOver}
            onDrop={(event) => drop(event, day)}
            onKey={carry}
          />
        ))}
      </div>
    </div>
  );
}

interface DayProps extends Props {
  day: string;
  placed: readonly Placed[];
  target: boolean;
  carried: string | undefined;
  onOver: (day: string | null) => void;
  onDrop: (event: DragEvent) => void;
  onKey: (event: KeyboardEvent, post: Post) => void;
}

function Day(props: DayProps) {
  const { day, today } = props;
  const outside = !day.startsWith(props.month);
  const free = props.free.has(day);
  return (
    <section
      aria-label={dayName(day)}
      data-day={day}
      onDragOver={(event) => {
        if (day < today || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        props.onOver(day);
      }}
      onDragLeave={() => props.onOver(null)}
      onDrop={props.onDrop}
      className={clsx(
        "group flex min-w-0 flex-col gap-1 border-b p-1 not-[:nth-child(7n)]:border-r",
        props.target ? "bg-pick-soft" : free ? "hatched" : outside || day < today ? "bg-sunken/60" : undefined,
      )}
    >
      <div className="flex min-h-6 items-center gap-1 px-1">
        <span
          aria-hidden
          className={clsx(
            "figures text-sm",
            day === today ? "rounded-sm bg-ink px-1.5 font-semibold text-paper" : outside ? "text-ink-3" : "text-ink-2",
          )}
        >
          {Number(day.slice(8))}
        </span>
        {free && <span className="text-xs text-ink-3 max-md:hidden">free</span>}
        {props.canPlan && day >= today && (
          <Link
            from="/calendar"
            to="/calendar"
            search={(before) => ({ ...before, day })}
            aria-label={`Plan something for ${dayName(day)}`}
            className="ml-auto grid size-6 place-items-center rounded-sm text-ink-3 opacity-0 transition-opacity group-hover:opacity-100 hover:bg-hover hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100"
          >
            <Plus aria-hidden className="size-4" strokeWidth={1.75} />
          </Link>
        )}
      </div>
      {props.placed.map((one) => (
        <Chip
          key={one.post.id}
          placed={one}
          current={one.post.id === props.current}
          moving={one.post.id === props.carried}
          onOpen={() => props.onOpen(one.post)}
          onKey={(event) => props.onKey(event, one.post)}
        />
      ))}
    </section>
  );
}
