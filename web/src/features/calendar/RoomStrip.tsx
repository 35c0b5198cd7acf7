// How much room each account has on each day: "2 of 3", full days marked, the phase of a ramp by its name.
import clsx from "clsx";
import { type CSSProperties, useState } from "react";
import type { DayRoom } from "@/api/calendar";
import type { Account } from "@/api/shapes";
import { dayName } from "@/lib/days";
import { Button } from "@/ui/Button";
import { AccountMark } from "@/ui/AccountMark";

export interface RoomLine {
  account: Account;
  days: ReadonlyMap<string, DayRoom>;
}

const SHOWN = 3;

interface Props {
  lines: readonly RoomLine[];
  days: readonly string[];
  columns: CSSProperties;
}

export function RoomStrip({ lines, days, columns }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, SHOWN);
  if (lines.length === 0) return null;
  return (
    <div role="group" aria-label="Room of each account" className="scroll-quiet max-h-48 overflow-y-auto border-t">
      {shown.map((line) => (
        <div key={line.account.id} className="grid" style={columns}>
          <span
            className="flex min-w-0 items-center gap-1 px-2 py-0.5 text-xs text-ink-2 max-md:justify-end"
            title={line.account.name}
          >
            <AccountMark id={line.account.id} platform={line.account.platform} />
            <span dir="auto" className="truncate max-md:sr-only">
              {line.account.name}
            </span>
          </span>
          {days.map((day) => (
            <Cell key={day} day={day} room={line.days.get(day)} name={line.account.name} />
          ))}
        </div>
      ))}
      {lines.length > SHOWN && (
        <Button small tone="quiet" aria-expanded={all} className="mx-1 my-0.5" onClick={() => setAll(!all)}>
          {all ? "Fewer accounts" : `All ${lines.length} accounts`}
        </Button>
      )}
    </div>
  );
}

function Cell({ day, room, name }: { day: string; room: DayRoom | undefined; name: string }) {
  if (!room) return <span className="border-l" />;
  const full = room.used >= room.cap;
  const phase = room.phase === null ? "" : `, phase ${room.phase} of its ramp`;
  return (
    <span
      title={`${name}: ${room.used} of ${room.cap} posts on ${dayName(day)}${phase}`}
      className={clsx(
        "figures flex min-w-0 items-center gap-1.5 border-l px-2 py-0.5 text-xs",
        full ? "bg-wait-soft font-medium text-wait" : "text-ink-3",
      )}
    >
      <span className="whitespace-nowrap">
        {room.used} of {room.cap}
      </span>
      {full && <span>{room.used > room.cap ? "over" : "full"}</span>}
      {room.phase !== null && <span className="truncate">phase {room.phase}</span>}
    </span>
  );
}
