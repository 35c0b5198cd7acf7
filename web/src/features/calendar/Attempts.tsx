// What was tried to get a post out, attempt by attempt.
import type { Attempt } from "@/api/shapes";
import { Section } from "@/ui/Page";
import { Time } from "@/ui/Time";

export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <Section title="Attempts" count={attempts.length}>
      <ol className="border-t">
        {attempts.map((attempt) => (
          <li key={attempt.number} className="border-b py-2 last:border-b-0">
            <div className="flex gap-2">
              <span className="figures w-6 text-ink-3">{attempt.number}</span>
              <span className="min-w-0 flex-1">
                {attempt.outcome ?? "under way"} <span className="text-ink-3">at {attempt.phase}</span>
              </span>
              <span className="text-sm text-ink-3">
                <Time at={attempt.started_at} />
              </span>
            </div>
            {attempt.error && (
              <p dir="auto" className="pl-8 text-sm text-broken">
                {attempt.error}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
