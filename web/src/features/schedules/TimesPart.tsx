// The next thirty times of a schedule: as a list and as dots on small months, with what the clocks do to them.
import clsx from "clsx";
import { Clock } from "lucide-react";
import type { ScheduleTime } from "@/api/schedules";
import type { Account } from "@/api/shapes";
import { dayName, monthGrid, monthName, weekdayName } from "@/lib/days";
import { counted } from "@/lib/numbers";
import { splitWall } from "@/lib/when";

interface Props {
  times: readonly ScheduleTime[];
  accounts: readonly Account[];
  titleOf: (content: string) => string;
}

/** Months that stand side by side; later times are in the list only. */
const MONTHS = 3;

export function TimesPart({ times, accounts, titleOf }: Props) {
  const walls = times.map((time) => splitWall(time.wall) ?? { day: "", time: "" });
  const perDay = new Map<string, number>();
  for (const { day } of walls) perDay.set(day, (perDay.get(day) ?? 0) + 1);
  const months = [...new Set(walls.map(({ day }) => day.slice(0, 7)))].filter(Boolean).slice(0, MONTHS);
  if (times.length === 0) return <p className="text-ink-2">It has no time ahead. Change its days or its end.</p>;
  return (
    <div className="flex flex-col gap-3">
      <div className="scroll-quiet flex gap-4 overflow-x-auto" aria-hidden>
        {months.map((month) => (
          <MiniMonth key={month} month={month} perDay={perDay} />
        ))}
      </div>
      <ol aria-label="The next times" className="scroll-quiet max-h-64 overflow-y-auto border-t" tabIndex={0}>
        {times.map((one, index) => (
          <li key={`${one.at}${index}`} className="flex flex-wrap items-baseline gap-x-3 border-b py-1 last:border-b-0">
            <span className="figures w-5 text-right text-xs text-ink-3">{index + 1}</span>
            <span className="figures">
              {dayName(walls[index]?.day ?? "")}, {walls[index]?.time}
            </span>
            <span dir="auto" className="min-w-0 flex-1 truncate text-sm text-ink-3">
              {[
                one.account_ids.length && accounts.length > 1
                  ? one.account_ids.map((id) => accounts.find((account) => account.id === id)?.name ?? "").join(", ")
                  : "",
                one.content_id ? titleOf(one.content_id) : "no content yet",
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
            {one.note && (
              <span className="flex w-full gap-1 pl-8 text-sm text-wait">
                <Clock aria-hidden className="mt-0.5 size-3.5 shrink-0" strokeWidth={1.75} />
                {one.note}
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function MiniMonth({ month, perDay }: { month: string; perDay: ReadonlyMap<string, number> }) {
  const weeks = monthGrid(month);
  return (
    <div className="w-44 shrink-0">
      <p className="mb-1 text-sm font-medium">{monthName(month)}</p>
      <div className="figures grid grid-cols-7 text-center text-xs text-ink-3">
        {weeks[0]?.map((day) => (
          <span key={day}>{weekdayName(day, "narrow")}</span>
        ))}
        {weeks.flat().map((day) => {
          const dots = day.startsWith(month) ? (perDay.get(day) ?? 0) : 0;
          return (
            <span
              key={day}
              title={dots ? counted(dots, "post") : undefined}
              className={clsx(
                "grid h-6 place-items-center rounded-sm",
                dots > 0 && "bg-go-soft font-medium text-go",
                !day.startsWith(month) && "invisible",
              )}
            >
              {Number(day.slice(8))}
              {dots > 0 && <span className="-mt-1.5 leading-none">{"•".repeat(Math.min(3, dots))}</span>}
            </span>
          );
        })}
      </div>
    </div>
  );
}
