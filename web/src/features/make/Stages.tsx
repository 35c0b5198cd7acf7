// The stages of a video as a list: state, share done, time taken.
import clsx from "clsx";
import type { StageRun } from "@/api/shapes";
import { took } from "@/lib/moments";
import { Progress } from "@/ui/Progress";
import { stageStates } from "@/ui/states";

export function Stages({ stages, current }: { stages: readonly StageRun[]; current: string }) {
  return (
    <ol aria-label="Stages" className="flex flex-col border-t">
      {stages.map((stage) => {
        const told = stageStates[stage.state];
        const Icon = told.icon;
        return (
          <li key={stage.name} className="flex items-start gap-3 border-b py-2.5">
            <Icon
              aria-label={told.word}
              strokeWidth={1.75}
              className={clsx("mt-0.5 size-4 shrink-0", {
                "text-go": told.kind === "go",
                "animate-turn text-run": told.kind === "run",
                "text-broken": told.kind === "broken",
                "text-ink-3": told.kind === "calm",
              })}
            />
            <div className="min-w-0 flex-1">
              <span className={clsx("font-medium", stage.state === "waiting" && "text-ink-3")}>{stage.title}</span>
              {stage.state === "running" && (
                <>
                  <span className="ml-2 text-sm text-ink-2">{current}</span>
                  {stage.fraction > 0 && (
                    <Progress className="mt-1.5 max-w-96" fraction={stage.fraction} label={stage.title} />
                  )}
                </>
              )}
              {stage.error && <p className="text-sm text-broken">{stage.error}</p>}
            </div>
            <span className="figures text-sm text-ink-3">{timeOf(stage)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function timeOf(stage: StageRun): string {
  if (stage.cached) return "unchanged, kept";
  if (stage.seconds !== null && stage.state !== "waiting") return took(stage.seconds);
  return stage.state === "waiting" ? "" : told(stage.state);
}

function told(state: StageRun["state"]): string {
  return stageStates[state].word.toLowerCase();
}
