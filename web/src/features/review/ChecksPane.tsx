// What the checks measured, the blocking faults first; a place in the video is a button that goes there.
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { Check } from "@/api/shapes";
import { place } from "@/lib/moments";
import { Button } from "@/ui/Button";
import { State, type Told } from "@/ui/State";

export function ChecksPane({ checks, onSeek }: { checks: readonly Check[]; onSeek: (seconds: number) => void }) {
  if (checks.length === 0) return <p className="p-4 text-ink-2">Nothing was checked yet.</p>;
  const sorted = [...checks].sort((a, b) => rank(a) - rank(b));
  return (
    <ul className="flex flex-col px-4 py-2">
      {sorted.map((check) => (
        <li key={check.id} className="flex items-start gap-3 border-b py-2.5 last:border-b-0">
          <State bare told={told(check)} className="w-20 shrink-0" />
          <div className="min-w-0 flex-1">
            <p className="font-medium">{check.title}</p>
            <p dir="auto" className="text-sm text-ink-2">
              {check.reason}
            </p>
          </div>
          {check.at !== null && (
            <Button small onClick={() => onSeek(check.at ?? 0)} aria-label={`Go to ${place(check.at)}`}>
              <span className="figures">{place(check.at)}</span>
            </Button>
          )}
          {check.at === null && check.score !== null && (
            <span className="figures text-sm text-ink-3">{Math.round(100 * check.score)} %</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function rank(check: Check): number {
  if (check.ok) return 3;
  return { block: 0, warn: 1, info: 2 }[check.level];
}

function told(check: Check): Told {
  if (check.ok) return { kind: "go", icon: CircleCheck, word: "Good" };
  if (check.level === "block") return { kind: "broken", icon: CircleX, word: "Blocks" };
  if (check.level === "warn") return { kind: "wait", icon: TriangleAlert, word: "Look" };
  return { kind: "calm", icon: Info, word: "Note" };
}
