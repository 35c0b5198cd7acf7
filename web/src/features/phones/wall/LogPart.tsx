// What happened at the wall, line by line.
import { CircleAlert, CircleCheck, Clock, Minus, type LucideIcon } from "lucide-react";
import { Section } from "@/ui/Page";
import { clockWords, type LogLine } from "./log";

const MARKS: Record<LogLine["tone"], { icon: LucideIcon; ink: string }> = {
  calm: { icon: Minus, ink: "text-ink-3" },
  go: { icon: CircleCheck, ink: "text-go" },
  wait: { icon: Clock, ink: "text-wait" },
  broken: { icon: CircleAlert, ink: "text-broken" },
};

export function LogPart({ log }: { log: readonly LogLine[] }) {
  return (
    <Section title="Log">
      {log.length === 0 && <p className="text-sm text-ink-3">Nothing yet. What fails, comes or goes is told here.</p>}
      <ol aria-label="Log" className="flex flex-col gap-1.5 text-sm">
        {log.map(({ id, at, tone, words }) => {
          const { icon: Icon, ink } = MARKS[tone];
          return (
            <li key={id} className="flex gap-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} strokeWidth={1.75} />
              <span dir="auto" className="min-w-0 flex-1">
                {words}
              </span>
              <span className="figures shrink-0 text-ink-3">{clockWords(at)}</span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
