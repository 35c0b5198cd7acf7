// A week or a day with its hours: the head stays in sight, the axis is that of the zone's clocks, now is a line.
import clsx from "clsx";
import { type RefObject, useEffect, useRef, useState } from "react";
import { weekdayName } from "@/lib/days";
import { zoneCity } from "@/lib/zones";
import { useListKeys } from "@/ui/List";
import type { ChipActs } from "./Chip";
import { HourColumn } from "./HourColumn";
import { HourHead } from "./HourHead";
import type { Free } from "./Ghost";
import { clockNote, type DayClock, depthOf, heightOf, type HourRow, minutesOf, timeOf } from "./hours";
import { RoomStrip, type RoomLine } from "./RoomStrip";
import type { Placed } from "./place";
import { type Carried, PER_MINUTE } from "./useCarry";

/** As wide as a chip has to be for its time. */
const LANE = 48;
const MOST_LANES = 8;

export interface HourGridProps {
  clocks: readonly DayClock[];
  rows: readonly HourRow[];
  zone: string;
  today: string;
  /** What the clocks in the zone show. */
  time: string;
  days: ReadonlyMap<string, readonly Placed[]>;
  gaps: ReadonlySet<string>;
  slots: ReadonlyMap<string, readonly Free[]>;
  room: readonly RoomLine[];
  target: Carried | null;
  canPlan: boolean;
  chips: ChipActs;
  onPlan: (day: string, time: string) => void;
}

export function HourGrid(props: HourGridProps) {
  const { clocks, rows, zone } = props;
  const area = useRef<HTMLDivElement>(null);
  useListKeys(area);
  const lanes = useLanes(area, clocks.length);
  useOpening(area, props);
  const columns = { gridTemplateColumns: `var(--gutter) repeat(${clocks.length}, minmax(0, 1fr))` };
  const name = clocks.length > 1 ? "The week by hours" : `${weekdayName(clocks[0]?.day ?? "", "long")} by hours`;
  return (
    <div
      ref={area}
      data-scrolls
      tabIndex={0}
      role="region"
      aria-label={name}
      className="scroll-quiet min-h-0 flex-1 overflow-auto [--gutter:3.25rem] max-md:h-[68dvh] max-md:flex-none md:[--gutter:8rem]"
    >
      <div className={clsx(clocks.length > 1 && "max-lg:min-w-[52rem]")}>
        <div className="sticky top-0 z-20 border-b bg-paper">
          <div className="grid" style={columns}>
            <span className="self-center truncate px-2 text-right text-xs text-ink-3 max-md:px-1" title={zone}>
              {zoneCity(zone)}
            </span>
            {clocks.map((clock) => (
              <HourHead
                key={clock.day}
                clock={clock}
                today={props.today}
                gap={props.gaps.has(clock.day)}
                count={props.days.get(clock.day)?.length ?? 0}
                canPlan={props.canPlan}
              />
            ))}
          </div>
          <RoomStrip lines={props.room} days={clocks.map((clock) => clock.day)} columns={columns} />
        </div>
        <div className="grid" style={columns}>
          <Axis rows={rows} />
          {clocks.map((clock) => (
            <HourColumn key={clock.day} {...props} clock={clock} alone={clocks.length === 1} lanes={lanes} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Axis({ rows }: { rows: readonly HourRow[] }) {
  return (
    <div aria-hidden className="relative" style={{ height: heightOf(rows) * PER_MINUTE }}>
      {rows.map((row, index) => {
        const top = rows.slice(0, index).reduce((sum, one) => sum + one.length, 0) * PER_MINUTE;
        return (
          <span
            key={`${row.start}${row.again}`}
            style={{ top }}
            className={clsx("figures absolute right-2 text-right text-xs text-ink-3", index > 0 && "-translate-y-1/2")}
          >
            {timeOf(row.start)}
            {row.again && <span className="block">again</span>}
          </span>
        );
      })}
    </div>
  );
}

/** How many posts at one time stand side by side, by the room that a day has. */
function useLanes(area: RefObject<HTMLDivElement | null>, days: number): number {
  const [lanes, setLanes] = useState(3);
  useEffect(() => {
    if (!area.current) return;
    const watch = new ResizeObserver(([entry]) => {
      const column = area.current?.querySelector("[data-hours]")?.clientWidth ?? entry?.contentRect.width ?? 0;
      setLanes(Math.min(MOST_LANES, Math.max(2, Math.floor(column / LANE))));
    });
    watch.observe(area.current);
    return () => watch.disconnect();
  }, [area, days]);
  return lanes;
}

/** Opens where something is to be seen: a little before the first post, else before now, else in the morning. */
function useOpening(area: RefObject<HTMLDivElement | null>, { clocks, rows, days, today, time }: HourGridProps) {
  const first = clocks[0]?.day;
  const opened = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!area.current || opened.current === first) return;
    const shown = clocks.map((clock) => clock.day);
    const posts = shown.flatMap((day) => (days.get(day) ?? []).map((one) => minutesOf(one.time)));
    const from = posts.length
      ? Math.min(...posts)
      : shown.includes(today)
        ? minutesOf(time)
        : clocks.some(clockNote)
          ? 90
          : 8 * 60;
    area.current.scrollTo({ top: Math.max(0, depthOf(rows, Math.min(from, 18 * 60)) - 45) * PER_MINUTE });
    // Posts may come after the frame; then it is opened once more, and never again under the person's hands.
    if (posts.length) opened.current = first;
  }, [area, clocks, rows, days, today, time, first]);
}
