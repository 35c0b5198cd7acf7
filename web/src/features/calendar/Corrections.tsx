// What a published post said before, and what became of each correction: when, by whom, and why not.
import { CircleCheck, CircleHelp, CircleX, RefreshCw } from "lucide-react";
import type { Correction } from "@/api/shapes";
import { Section } from "@/ui/Page";
import { State, type Told } from "@/ui/State";
import { Time } from "@/ui/Time";

const STATES: Record<Correction["state"], Told> = {
  correcting: { kind: "run", icon: RefreshCw, word: "Correcting" },
  corrected: { kind: "go", icon: CircleCheck, word: "Corrected" },
  failed: { kind: "broken", icon: CircleX, word: "Not corrected" },
  unknown: { kind: "wait", icon: CircleHelp, word: "Not known" },
};

export function Corrections({ corrections }: { corrections: readonly Correction[] }) {
  return (
    <Section title="Corrections" count={corrections.length}>
      <ol className="border-t">
        {corrections.toReversed().map((one) => (
          <li key={one.number} className="flex flex-col gap-1.5 border-b py-2 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
              <State bare told={STATES[one.state]} />
              <span className="text-sm text-ink-3">
                <Time at={one.ended_at ?? one.asked_at} />
                {one.asked_by && (
                  <>
                    , asked for by <span dir="auto">{one.asked_by}</span>
                  </>
                )}
              </span>
            </div>
            {one.reason && (
              <p dir="auto" className={one.state === "failed" ? "text-sm text-broken" : "text-sm text-wait"}>
                {one.reason}
              </p>
            )}
            <Words name={one.state === "corrected" ? "Before" : "It said"} text={one.before} />
            {one.state !== "corrected" && <Words name="To say" text={one.after} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** How the last correction stands, where it is not done; said where the post's state is. */
export function CorrectionNote({ corrections }: { corrections: readonly Correction[] }) {
  const last = corrections.at(-1);
  if (!last || last.state === "corrected") return null;
  const tone = {
    correcting: "bg-run-soft text-run",
    failed: "bg-broken-soft text-broken",
    unknown: "bg-wait-soft text-wait",
  }[last.state];
  const words = last.state === "correcting" ? "It is being corrected" : STATES[last.state].word;
  return (
    <p role={last.state === "failed" ? "alert" : "status"} dir="auto" className={`rounded-md px-3 py-2 ${tone}`}>
      {words}
      {last.reason ? `: ${last.reason}` : "."}
    </p>
  );
}

function Words({ name, text }: { name: string; text: string }) {
  return (
    <div className="flex gap-2 text-sm">
      <span className="w-14 shrink-0 text-ink-3">{name}</span>
      <p
        dir="auto"
        tabIndex={0}
        className="scroll-quiet max-h-40 min-w-0 flex-1 overflow-y-auto break-words whitespace-pre-wrap text-ink-2"
      >
        {text || "No words"}
      </p>
    </div>
  );
}
