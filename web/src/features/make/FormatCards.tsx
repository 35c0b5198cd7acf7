// The formats as cards, each with a small drawing of what it looks like.
import type { ReactNode } from "react";
import type { Format } from "@/api/shapes";
import { ChoiceCard } from "@/ui/Field";

const line = {
  fill: "none",
  stroke: "var(--ink-2)",
  strokeWidth: 1.5,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const sketches: Record<string, ReactNode> = {
  explainer: <path d="M10 14h16M10 20h10M13 40h10M18 27v7M14 31l4 4 4-4" {...line} />,
  listicle: <path d="M9 14h2M15 14h12M9 24h2M15 24h9M9 34h2M15 34h11" {...line} />,
  story: <path d="M9 38c4-10 5-4 9-14s4-2 9-10M25 12h4v4" {...line} />,
  quote: <path d="M11 20c0-4 2-6 5-6M11 20h4v5h-4zM20 20c0-4 2-6 5-6M20 20h4v5h-4zM11 34h14" {...line} />,
  character: (
    <>
      <circle cx="18" cy="19" r="6" {...line} />
      <path d="M8 38c2-7 6-9 10-9s8 2 10 9" {...line} />
    </>
  ),
  slideshow: <path d="M9 12h14v16H9zM13 32h14V16" {...line} />,
  product: <path d="M9 18l9-5 9 5v12l-9 5-9-5zM9 18l9 5 9-5M18 23v12" {...line} />,
};

function Sketch({ id }: { id: string }) {
  const key = Object.keys(sketches).find((name) => id.includes(name));
  return (
    <svg viewBox="0 0 36 50" aria-hidden className="w-9 shrink-0">
      <rect x="1" y="1" width="34" height="48" rx="5" fill="var(--sunken)" stroke="var(--line-strong)" />
      {key ? sketches[key] : <path d="M10 16h16M10 24h12M10 32h14" {...line} />}
    </svg>
  );
}

export function FormatCards(props: { formats: readonly Format[]; value: string; onChange: (id: string) => void }) {
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      {props.formats.map((format) => (
        <ChoiceCard
          key={format.id}
          name="format"
          value={format.id}
          checked={format.id === props.value}
          onChange={props.onChange}
        >
          <Sketch id={format.id} />
          <span className="min-w-0">
            <span className="block font-medium">{format.name}</span>
            <span className="line-clamp-3 text-sm text-ink-2">{format.description}</span>
          </span>
        </ChoiceCard>
      ))}
    </div>
  );
}
