// Why a move was put back, with the one press that puts the post where it may stand.
import { X } from "lucide-react";
import { dayName } from "@/lib/days";
import { splitWall } from "@/lib/when";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { titleOf } from "./place";
import type { Refusal } from "./useMove";

interface Props {
  refusal: Refusal;
  onTake: () => void;
  onAgain: () => void;
  onClose: () => void;
}

export function Refused({ refusal, onTake, onAgain, onClose }: Props) {
  const free = refusal.free && splitWall(refusal.free.wall);
  return (
    <ErrorNote
      className="m-3 shrink-0 md:mx-6"
      error={`“${shortened(titleOf(refusal.post))}” was not moved. ${refusal.why}`}
    >
      {free && (
        <Button small onClick={onTake}>
          Move it to {free.time}, {dayName(free.day)}
        </Button>
      )}
      {refusal.again && (
        <Button small onClick={onAgain}>
          Move it there nonetheless
        </Button>
      )}
      <Button small tone="quiet" icon={X} aria-label="Dismiss" onClick={onClose} />
    </ErrorNote>
  );
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length > 60 ? `${letters.slice(0, 59).join("")}…` : title;
}
