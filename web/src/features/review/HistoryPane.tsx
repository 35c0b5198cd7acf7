// Who decided what, and why.
import { Check, Undo2 } from "lucide-react";
import type { Review } from "@/api/shapes";
import { place } from "@/lib/moments";
import { Button } from "@/ui/Button";
import { State } from "@/ui/State";
import { Time } from "@/ui/Time";

export function HistoryPane({ reviews, onSeek }: { reviews: readonly Review[]; onSeek: (seconds: number) => void }) {
  if (reviews.length === 0) return <p className="p-4 text-ink-2">Nobody has decided yet.</p>;
  return (
    <ul className="flex flex-col px-4 py-2">
      {[...reviews].reverse().map((review) => (
        <li key={review.id} className="flex flex-col gap-1 border-b py-3 last:border-b-0">
          <div className="flex flex-wrap items-center gap-2">
            <State
              bare
              told={
                review.decision === "approve"
                  ? { kind: "go", icon: Check, word: "Approved" }
                  : { kind: "wait", icon: Undo2, word: "Sent back" }
              }
            />
            <span dir="auto" className="min-w-0 truncate">
              {review.reviewer}
            </span>
            <span className="text-sm text-ink-3">
              <Time at={review.created_at} />, version {review.version}
            </span>
            {review.at_seconds !== null && (
              <Button
                small
                className="ml-auto"
                aria-label={`Go to ${place(review.at_seconds)}`}
                onClick={() => onSeek(review.at_seconds ?? 0)}
              >
                <span className="figures">{place(review.at_seconds)}</span>
              </Button>
            )}
          </div>
          {review.note && (
            <p dir="auto" className="whitespace-pre-wrap">
              {review.note}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
