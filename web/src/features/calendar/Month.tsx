// The month as a grid: what goes out on which day, which days are free or full; posts are dragged or carried.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import { dayName, monthGrid, weekdayName } from "@/lib/days";
import { counted } from "@/lib/numbers";
import { useListKeys } from "@/ui/List";
import { Chip, type ChipActs } from "./Chip";
import { type Free, Ghost } from "./Ghost";
import { timeOf } from "./hours";
import type { Placed } from "./place";
import type { Carried } from "./useCarry";

/** More posts than this stand behind a link to their day. */
const SHOWN = 4;
const GHOSTS = 2;

export interface MonthProps {
  month: string;
  today: string;
  days: ReadonlyMap<string, readonly Placed[]>;
  /** Days on which nothing goes out. */
  gaps: ReadonlySet<string>;
  /** Names of the accounts that can have no further post on a day. */
  full: ReadonlyMap<string, readonly string[]>;
  slots: ReadonlyMap<string, readonly Free[]>;
  target: Carried | null;
  canPlan: boolean;
  chips: ChipActs;
}

export function Month(props: MonthProps) {
  const grid = useRef<HTMLDivElement>(null);
  useListKeys(grid);
  const filled = props.days.size > 0;
  // At the end of a month its first weeks are over; what lies ahead is brought into sight.
  useEffect(() => {
    const row = grid.current?.querySelector(`[data-day="${props.today}"]`);
    if (filled && props.today.startsWith(props.month)) row?.scrollIntoView({ block: "nearest" });
  }, [filled, props.month, props.today]);
  const weeks = monthGrid(props.month);
  return (
    <div ref={grid} className="flex min-h-full flex-col">
      <div className="sticky top-0 z-10 grid grid-cols-7 border-b bg-paper text-sm text-ink-3" aria-hidden>
        {weeks[0]?.map((day) => (
          <span key={day} className="truncate px-2 py-1">
            {weekdayName(day)}
          </span>
        ))}
      </div>
      <div className="grid flex-1 auto-rows-[minmax(6.5rem,auto)] grid-cols-7">
        {weeks.flat().map((day) => (
          <Day key={day} {...props} day={day} />
        ))}
      </div>
    </div>
  );
}

function Day(props: MonthProps & { day: string }) {
  const { day, today, target } = props;
  const outside = !day.startsWith(props.month);
  const gap = props.gaps.has(day);
  const posts = props.days.get(day) ?? [];
  const slots = props.slots.get(day) ?? [];
  const full = props.full.get(day) ?? [];
  const over = target?.spot.day === day && !target.past;
  const shown = posts.length > SHOWN + 1 ? posts.slice(0, SHOWN) : posts;
  return (
    <section
      aria-label={dayName(day)}
      data-day={day}
      data-drop={day}
      className={clsx(
        "group flex min-w-0 flex-col gap-1 border-b p-1 not-[:nth-child(7n)]:border-r",
        over
          ? "bg-pick-soft outline-2 -outline-offset-2 outline-pick"
          : gap
            ? "hatched"
            : (outside || day < today) && "bg-sunken/60",
      )}
    >
      <div className="flex min-h-6 items-center gap-1 px-1 max-md:gap-0 max-md:px-0">
        <span
          aria-hidden
          className={clsx(
            "figures text-sm",
            day === today
              ? "rounded-sm bg-ink px-1.5 font-semibold text-paper max-md:px-0.5"
              : outside
                ? "text-ink-3"
                : "text-ink-2",
          )}
        >
          {Number(day.slice(8))}
        </span>
        {over && <span className="figures text-xs font-medium text-pick">{timeOf(target.spot.minutes)}</span>}
        {gap && !over && <span className="bg-paper px-1 text-xs text-ink-3 max-md:hidden">free</span>}
        {full.length > 0 && (
          <span title={`Full: ${full.join(", ")}`} className="truncate text-xs font-medium text-wait max-md:hidden">
            {full.length === 1 ? "full" : `${full.length} full`}
            <span className="sr-only">: {full.join(", ")}</span>
          </span>
        )}
        {props.canPlan && day >= today && (
          <Link
            from="/calendar"
            to="/calendar"
            search={(before) => ({ ...before, day })}
            aria-label={`Plan something for ${dayName(day)}`}
            className="ml-auto grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 opacity-0 transition-opacity group-hover:opacity-100 hover:bg-hover hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100"
          >
            <Plus aria-hidden className="size-4" strokeWidth={1.75} />
          </Link>
        )}
      </div>
      {shown.map((one) => (
        <Chip key={one.post.id} placed={one} shape="line" {...props.chips} />
      ))}
      {posts.length > shown.length && <DayLink day={day}>{counted(posts.length - shown.length, "more post")}</DayLink>}
      {posts.length <= 2 && slots.slice(0, GHOSTS).map((one) => <Ghost key={one.account.id + one.time} free={one} />)}
      {posts.length <= 2 && slots.length > GHOSTS && (
        <DayLink day={day}>{counted(slots.length - GHOSTS, "more slot")}</DayLink>
      )}
    </section>
  );
}

function DayLink({ day, children }: { day: string; children: string }) {
  return (
    <Link
      from="/calendar"
      to="/calendar"
      search={(before) => ({ ...before, view: "day" as const, date: day })}
      aria-label={`${children} on ${dayName(day)}`}
      className="block min-h-6 truncate rounded-sm px-1 text-left text-sm text-ink-2 hover:bg-hover hover:text-ink max-md:text-xs"
    >
      {children}
    </Link>
  );
}
