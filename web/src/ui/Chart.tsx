// A line over time with one message: direct labels, values under the pointer or the arrow keys, the table behind it.
import { useEffect, useId, useRef, useState } from "react";
import { count } from "@/lib/numbers";
import { scale } from "./scale";

export interface Point {
  /** What stands under the point, as people read it. */
  label: string;
  value: number;
}

export function LineChart({ points, name, height = 200 }: { points: readonly Point[]; name: string; height?: number }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [at, setAt] = useState<number | null>(null);
  const hint = useId();
  const { top, ticks } = scale(Math.max(0, ...points.map((point) => point.value)));
  const pad = { left: 36, right: 12, top: 20, bottom: 22 };
  const inner = { width: Math.max(10, width - pad.left - pad.right), height: height - pad.top - pad.bottom };
  const x = (index: number) =>
    pad.left + (points.length < 2 ? inner.width / 2 : (index / (points.length - 1)) * inner.width);
  const y = (value: number) => pad.top + inner.height * (1 - value / top);
  const shown = at === null ? points.length - 1 : Math.min(at, points.length - 1);
  const point = points[shown];

  const move = (to: number) => setAt(Math.min(points.length - 1, Math.max(0, to)));
  return (
    <div ref={box} className="min-w-0">
      <svg
        width="100%"
        height={height}
        role="slider"
        tabIndex={0}
        aria-label={`${name}. Arrow keys read the points`}
        aria-describedby={hint}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, points.length - 1)}
        aria-valuenow={Math.max(0, shown)}
        aria-valuetext={point ? `${point.label}: ${count(point.value)}` : "no points"}
        className="touch-pan-y rounded-sm"
        onPointerMove={(event) => {
          const from = event.currentTarget.getBoundingClientRect();
          move(Math.round(((event.clientX - from.left - pad.left) / inner.width) * (points.length - 1)));
        }}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={(event) => {
          const steps: Record<string, number> = {
            ArrowLeft: shown - 1,
            ArrowRight: shown + 1,
            Home: 0,
            End: points.length - 1,
          };
          const to = steps[event.key];
          if (to === undefined) return;
          event.preventDefault();
          move(to);
        }}
      >
        <Grid ticks={ticks} from={pad.left} to={width - pad.right} y={y} />
        <path
          d={pathOf(points, x, y)}
          fill="none"
          stroke="var(--ink)"
          strokeWidth="1.75"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        {points.length > 1 && (
          <>
            <text x={pad.left} y={height - 4} fontSize="12" fill="var(--ink-3)">
              {points[0]?.label}
            </text>
            <text x={width - pad.right} y={height - 4} fontSize="12" fill="var(--ink-3)" textAnchor="end">
              {points.at(-1)?.label}
            </text>
          </>
        )}
        {point && (
          <Mark
            x={x(shown)}
            y={y(point.value)}
            from={pad.left}
            to={width - pad.right}
            text={at === null ? count(point.value) : `${point.label}: ${count(point.value)}`}
            line={at === null ? null : [pad.top - 6, height - pad.bottom]}
          />
        )}
      </svg>
      <span id={hint} className="sr-only">
        The same figures stand in the table below.
      </span>
    </div>
  );
}

function Grid({
  ticks,
  from,
  to,
  y,
}: {
  ticks: readonly number[];
  from: number;
  to: number;
  y: (v: number) => number;
}) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line x1={from} x2={to} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
      <text x={from - 8} y={y(tick) + 4} textAnchor="end" fontSize="12" fill="var(--ink-3)" className="figures">
        {count(tick)}
      </text>
    </g>
  ));
}

interface MarkProps {
  x: number;
  y: number;
  from: number;
  to: number;
  text: string;
  line: readonly [number, number] | null;
}

/** One point with its value beside it, kept inside the picture. */
function Mark({ x, y, from, to, text, line }: MarkProps) {
  return (
    <g>
      {line && <line x1={x} x2={x} y1={line[0]} y2={line[1]} stroke="var(--line-strong)" />}
      <circle cx={x} cy={y} r="4" fill="var(--ink)" stroke="var(--surface)" strokeWidth="2" />
      <text
        x={Math.min(to, Math.max(from, x))}
        y={Math.max(12, y - 10)}
        textAnchor={x > to - 78 ? "end" : x < from + 74 ? "start" : "middle"}
        fontSize="12"
        fontWeight="600"
        fill="var(--ink)"
        stroke="var(--surface)"
        strokeWidth="4"
        paintOrder="stroke"
        className="figures"
      >
        {text}
      </text>
    </g>
  );
}

/** The shape of a series, without figures; the figure stands beside it. */
export function Spark({ values, className }: { values: readonly number[]; className?: string }) {
  if (values.length < 2) return null;
  const top = Math.max(...values, 1);
  const path = values
    .map(
      (value, i) =>
        `${i ? "L" : "M"}${((i / (values.length - 1)) * 78 + 1).toFixed(1)} ${(22 - (value / top) * 20).toFixed(1)}`,
    )
    .join("");
  return (
    <svg viewBox="0 0 80 24" aria-hidden className={className ?? "h-6 w-20"}>
      <path
        d={path}
        fill="none"
        stroke="var(--ink-2)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** A share of a whole as a bar with its figure. */
export function Share({ value, of }: { value: number; of: number }) {
  const percent = of > 0 ? Math.round((100 * value) / of) : 0;
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="h-1.5 min-w-8 flex-1 overflow-hidden rounded-full bg-line">
        <span className="block h-full rounded-full bg-ink-2" style={{ width: `${percent}%` }} />
      </span>
      <span className="w-10 text-right">{percent} %</span>
    </span>
  );
}

function pathOf(points: readonly Point[], x: (i: number) => number, y: (v: number) => number): string {
  return points.map((point, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(point.value).toFixed(1)}`).join("");
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(640);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  return width;
}
