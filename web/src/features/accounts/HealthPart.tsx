// How well the account and its platform get on, and why points are missing.
import clsx from "clsx";
import type { Account } from "@/api/shapes";
import { Section } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { healthWord } from "./words";

const ink = { go: "text-go", wait: "text-wait", broken: "text-broken", run: "", calm: "" } as const;
const fill = { go: "bg-go", wait: "bg-wait-mark", broken: "bg-broken", run: "", calm: "" } as const;

export function HealthPart({ health }: { health: Account["health"] }) {
  const { word, kind } = healthWord(health.score);
  return (
    <Section title="Health" aside="0 to 100">
      <p className="figures mb-2">
        <span className="text-xl font-semibold">{health.score}</span>
        <span className={clsx("ml-2 font-medium", ink[kind])}>{word}</span>
      </p>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-line">
        <div className={clsx("h-full", fill[kind])} style={{ width: `${health.score}%` }} />
      </div>
      {health.reasons.length === 0 ? (
        <p className="mt-2 text-sm text-ink-2">Nothing went wrong between it and its platform of late.</p>
      ) : (
        <ul aria-label="Why points are missing" className="mt-2">
          {health.reasons.map((one) => (
            <li key={one.kind} className="flex gap-3 border-b py-1.5 last:border-b-0">
              <span className="figures w-8 shrink-0 text-right font-medium text-broken">−{one.points}</span>
              <span className="min-w-0 flex-1">
                {one.words}
                <span className="block text-sm text-ink-3">
                  last <Time at={one.last_at} />
                </span>
              </span>
            </li>
          ))}
          <li className="pt-2 text-sm text-ink-3">They come back by themselves as this gets older.</li>
        </ul>
      )}
    </Section>
  );
}
