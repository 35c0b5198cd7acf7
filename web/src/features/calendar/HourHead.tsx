// The head of a day's column: which day, whether it is free, what the clocks do, and a way to plan on it.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { Clock, Plus } from "lucide-react";
import { dayName, weekdayName } from "@/lib/days";
import { counted } from "@/lib/numbers";
import { clockNote, type DayClock } from "./hours";

interface Props {
  clock: DayClock;
  today: string;
  gap: boolean;
  count: number;
  canPlan: boolean;
}

export function HourHead({ clock, today, gap, count, canPlan }: Props) {
  const { day } = clock;
  const note = clockNote(clock);
  return (
    <div className="group flex min-h-9 min-w-0 items-center gap-1.5 border-l px-2 py-1">
      <h2 className="min-w-0 truncate text-sm">
        <Link
          from="/calendar"
          to="/calendar"
          search={(before) => ({ ...before, view: "day" as const, date: day })}
          aria-label={`${dayName(day)}, ${counted(count, "post")}${note ? `. ${note}` : ""}`}
          className={clsx("flex min-h-6 items-center gap-1 hover:underline", day < today ? "text-ink-3" : "text-ink-2")}
        >
          {weekdayName(day)}
          <span className={clsx("figures", day === today && "rounded-sm bg-ink px-1.5 font-semibold text-paper")}>
            {Number(day.slice(8))}
          </span>
        </Link>
      </h2>
      {gap && <span className="text-xs text-ink-3">free</span>}
      {note && (
        <span title={note} className="flex items-center gap-1 truncate text-xs text-wait">
          <Clock aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
          {clock.skipped ? "23 h" : "25 h"}
        </span>
      )}
      {canPlan && day >= today && (
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
  );
}
