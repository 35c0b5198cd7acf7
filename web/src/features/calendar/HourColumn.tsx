// One day on the axis of hours: its posts side by side, free slots, hours that the clocks leave out, and now.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { dayName } from "@/lib/days";
import { snapped } from "./carrying";
import { Chip } from "./Chip";
import { type Free, Ghost } from "./Ghost";
import type { HourGridProps } from "./HourGrid";
import { type DayClock, depthOf, heightOf, type HourRow, minutesAt, minutesOf, timeOf } from "./hours";
import { sideBySide } from "./overlap";
import type { Placed } from "./place";
import { PER_MINUTE } from "./useCarry";

/** As tall as a chip of two lines. */
const CHIP = 46;
const GHOST = 28;

interface Props extends HourGridProps {
  clock: DayClock;
  alone: boolean;
  lanes: number;
}

interface Item {
  from: number;
  to: number;
  post?: Placed;
  free?: Free;
}

export function HourColumn(props: Props) {
  const { clock, rows, today, target, alone } = props;
  const { day } = clock;
  const depth = (minutes: number, again = false) => depthOf(rows, minutes, again);
  const items: Item[] = [
    ...(props.days.get(day) ?? []).map((post) => {
      const from = depth(minutesOf(post.time), post.again);
      return { from, to: from + CHIP, post };
    }),
    ...(props.slots.get(day) ?? []).map((free) => {
      const from = depth(minutesOf(free.time));
      return { from, to: from + GHOST, free };
    }),
  ];
  const { laid, heaps } = sideBySide(items, props.lanes);
  const place = (from: number, length: number, lane: number, of: number) => ({
    top: from * PER_MINUTE,
    height: length * PER_MINUTE - 2,
    left: `calc(${(100 * lane) / of}% + 2px)`,
    width: `calc(${100 / of}% - ${lane === of - 1 ? 6 : 3}px)`,
  });
  const plan = (event: React.MouseEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || !props.canPlan) return;
    const minutes = (event.clientY - event.currentTarget.getBoundingClientRect().top) / PER_MINUTE;
    const time = timeOf(snapped(minutesAt(rows, minutes), false));
    if (day > today || (day === today && time > props.time)) props.onPlan(day, time);
  };
  return (
    <section
      aria-label={dayName(day)}
      data-day={day}
      data-drop={day}
      data-hours
      className="relative border-l"
      style={{ height: heightOf(rows) * PER_MINUTE }}
    >
      <Ground rows={rows} clock={clock} past={day < today} />
      <div className="absolute inset-0" onClick={plan} />
      {laid.map(({ item, lane, of }) =>
        item.post ? (
          <Chip
            key={item.post.post.id}
            placed={item.post}
            shape="block"
            className="absolute"
            style={place(item.from, CHIP, lane, of)}
            {...props.chips}
          />
        ) : (
          item.free && (
            <Ghost
              key={item.free.account.id + item.free.time}
              free={item.free}
              className="absolute"
              style={place(item.from, GHOST, lane, of)}
            />
          )
        ),
      )}
      {heaps.map((heap) => (
        <Link
          key={heap.from}
          from="/calendar"
          to="/calendar"
          search={(before) => ({ ...before, view: alone ? ("list" as const) : ("day" as const), date: day })}
          aria-label={`${heap.count} more on ${dayName(day)}`}
          style={place(heap.from, heap.to - heap.from, heap.of - 1, heap.of)}
          className="figures absolute flex justify-center rounded-sm border bg-sunken pt-2 text-sm text-ink-2 hover:bg-hover"
        >
          +{heap.count}
        </Link>
      ))}
      {day === today && <Now depth={depth(minutesOf(props.time))} />}
      {target?.spot.day === day && !target.past && (
        <span
          aria-hidden
          data-target
          ref={target.by === "keys" ? intoSight : undefined}
          style={place(depth(target.spot.minutes), CHIP, 0, 1)}
          className="figures pointer-events-none absolute z-10 scroll-my-24 rounded-sm border-2 border-dashed border-pick bg-pick-soft/70 px-1 text-sm font-medium text-pick"
        >
          {timeOf(target.spot.minutes)}
        </span>
      )}
    </section>
  );
}

function intoSight(mark: HTMLElement | null) {
  mark?.scrollIntoView({ block: "nearest" });
}

function Ground({ rows, clock, past }: { rows: readonly HourRow[]; clock: DayClock; past: boolean }) {
  return (
    <div aria-hidden className={clsx("absolute inset-0", past && "bg-sunken/60")}>
      {rows.map((row, index) => {
        const top = rows.slice(0, index).reduce((sum, one) => sum + one.length, 0) * PER_MINUTE;
        const height = row.length * PER_MINUTE;
        const missing = row.again && !clock.again;
        return (
          <div
            key={`${row.start}${row.again}`}
            style={{ top, height }}
            className={clsx(
              "absolute inset-x-0 border-b border-line/70",
              missing && "bg-sunken",
              row.again && !missing && "bg-wait-soft/60",
            )}
          />
        );
      })}
      {clock.skipped && <Skipped rows={rows} span={clock.skipped} />}
    </div>
  );
}

/** Hatched where other days of the week have these hours; only a line where the day stands alone. */
function Skipped({ rows, span }: { rows: readonly HourRow[]; span: readonly [number, number] }) {
  const top = depthOf(rows, span[0]) * PER_MINUTE;
  const height = depthOf(rows, span[1]) * PER_MINUTE - top;
  return (
    <div style={{ top, height }} className="hatched absolute inset-x-0 border-t-2 border-wait-mark">
      <span className="absolute top-0 right-1 rounded-b-sm bg-wait-soft px-1 text-xs text-wait">
        {timeOf(span[0])}–{timeOf(span[1])} skipped
      </span>
    </div>
  );
}

function Now({ depth }: { depth: number }) {
  return (
    <div aria-hidden style={{ top: depth * PER_MINUTE }} className="pointer-events-none absolute inset-x-0 z-10">
      <div className="h-0.5 bg-broken" />
      <div className="absolute top-[-3px] left-[-4px] size-2 rounded-full bg-broken" />
    </div>
  );
}
