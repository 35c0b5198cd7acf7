// A new account's ramp as steps that rise: how many posts a day in each phase, and on which day it stands.
import clsx from "clsx";
import type { Account } from "@/api/shapes";
import { dayName } from "@/lib/days";
import { counted } from "@/lib/numbers";
import { Section } from "@/ui/Page";

type Ramp = NonNullable<Account["pace"]["ramp"]>;

export function RampSteps({ ramp, cap }: { ramp: Ramp; cap: number }) {
  const days = ramp.phases.reduce((sum, phase) => sum + phase.days, 0);
  const most = Math.max(...ramp.phases.map((phase) => phase.posts)) + 1;
  const next = ramp.phases.find((phase) => phase.number === ramp.phase + 1);
  return (
    <Section title="Ramp" aside={`day ${ramp.day} of ${days}`}>
      <div aria-hidden className="flex h-16 items-end gap-px">
        {ramp.phases.flatMap((phase) =>
          Array.from({ length: phase.days }, (_, index) => {
            const day = before(ramp, phase.number) + index + 1;
            return (
              <span
                key={day}
                className={clsx(
                  "min-w-0 flex-1 rounded-t-[2px]",
                  day === ramp.day ? "bg-go" : day < ramp.day ? "bg-ink-3" : "bg-line",
                )}
                style={{ height: `${(100 * phase.posts) / most}%` }}
              />
            );
          }),
        )}
        <span
          className="w-6 rounded-t-[2px] border border-b-0 border-dashed border-line-strong"
          style={{ height: "100%" }}
        />
      </div>
      <ol className="figures flex gap-px border-t pt-1 text-xs text-ink-3">
        {ramp.phases.map((phase) => (
          <li
            key={phase.number}
            style={{ flexGrow: phase.days, flexBasis: 0 }}
            aria-current={phase.number === ramp.phase ? "step" : undefined}
            className={clsx("min-w-0", phase.number === ramp.phase && "font-medium text-ink")}
          >
            <span className="sr-only">Phase {phase.number}: </span>
            {Math.min(phase.posts, cap)} a day
          </li>
        ))}
        <li className="w-6 text-right">{cap}</li>
      </ol>
      <p className="mt-2 text-sm text-ink-2">
        Phase {ramp.phase}, until {dayName(ramp.ends)}. Then{" "}
        {next ? `${counted(Math.min(next.posts, cap), "post")} a day` : `its own cap of ${cap} a day`}, by itself.
      </p>
    </Section>
  );
}

/** The days of the phases before this one. */
function before(ramp: Ramp, number: number): number {
  return ramp.phases.filter((phase) => phase.number < number).reduce((sum, phase) => sum + phase.days, 0);
}
