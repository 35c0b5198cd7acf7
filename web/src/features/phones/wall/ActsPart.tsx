// The last things that were done, with what came of each on every phone.
import { CircleCheck, CircleHelp, CircleMinus, CircleX, LoaderCircle, type LucideIcon } from "lucide-react";
import { Button } from "@/ui/Button";
import { Section } from "@/ui/Page";
import type { Numbered } from "../filters";
import { type Act, actWords, isOpen, type Outcome, worst } from "./acts";
import { clockWords } from "./log";

const SHOWN = 8;

const MARKS: Record<Outcome["state"], { icon: LucideIcon; ink: string }> = {
  waiting: { icon: LoaderCircle, ink: "text-run" },
  running: { icon: LoaderCircle, ink: "text-run" },
  done: { icon: CircleCheck, ink: "text-go" },
  failed: { icon: CircleX, ink: "text-broken" },
  unknown: { icon: CircleHelp, ink: "text-wait" },
  "left out": { icon: CircleMinus, ink: "text-wait" },
};

interface Props {
  acts: readonly Act[];
  phones: readonly Numbered[];
  onAnswers: (act: number) => void;
}

export function ActsPart({ acts, phones, onAnswers }: Props) {
  if (!acts.length) return null;
  return (
    <Section title="Last actions">
      <ul aria-label="Last actions" className="flex flex-col">
        {acts.slice(0, SHOWN).map((act) => (
          <li key={act.id}>
            <OneAct act={act} phones={phones} onAnswers={onAnswers} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OneAct({
  act,
  phones,
  onAnswers,
}: {
  act: Act;
  phones: readonly Numbered[];
  onAnswers: (act: number) => void;
}) {
  const state = worst(act);
  const numberOf = (id: string) => phones.find(({ phone }) => phone.id === id)?.number;
  const answered = [...act.outcomes.values()].some((one) => one.answer || one.picture);
  return (
    <details className="group">
      <summary className="-mx-1.5 flex items-baseline gap-2 rounded-sm px-1.5 py-1 hover:bg-hover">
        <Mark state={state} />
        <span className="min-w-0 flex-1">
          <span dir="auto" className="line-clamp-1">
            {act.name}
          </span>
          <span className="figures block text-sm text-ink-3">{actWords(act, numberOf)}</span>
        </span>
        <span className="figures text-sm text-ink-3">{clockWords(act.at)}</span>
      </summary>
      <ul className="mb-1 ml-5 flex flex-col gap-0.5 text-sm">
        {[...act.outcomes].map(([id, outcome]) => (
          <li key={id} className="flex gap-1.5">
            <span className="figures w-5 shrink-0 text-right font-medium">{numberOf(id) ?? "–"}</span>
            <span dir="auto" className={isOpen(outcome) || outcome.state === "done" ? "text-ink-2" : "text-ink"}>
              {outcome.words || outcome.state}
            </span>
          </li>
        ))}
      </ul>
      {answered && (
        <Button small className="mb-2 ml-5" onClick={() => onAnswers(act.id)}>
          Show
        </Button>
      )}
    </details>
  );
}

function Mark({ state }: { state: Outcome["state"] }) {
  const { icon: Icon, ink } = MARKS[state];
  return (
    <Icon
      aria-hidden
      className={`size-4 shrink-0 self-center ${ink} ${isOpen({ state }) ? "animate-turn" : ""}`}
      strokeWidth={1.75}
    />
  );
}
