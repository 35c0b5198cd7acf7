// One schedule: its state, what it does in words, where, its next times, and what it lacks.
import { useQuery } from "@tanstack/react-query";
import { Pause, Pencil, Play, Trash2 } from "lucide-react";
import { type Schedule, scheduleTimesQuery } from "@/api/schedules";
import type { Account } from "@/api/shapes";
import { AccountMark } from "@/ui/AccountMark";
import { capital } from "@/lib/capital";
import { dayName } from "@/lib/days";
import { counted } from "@/lib/numbers";
import { splitWall } from "@/lib/when";
import { zoneCity } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { ClientTag } from "@/ui/ClientTag";
import { State } from "@/ui/State";
import { sayRule } from "./rule";
import { scheduleStates } from "./states";

interface Props {
  schedule: Schedule;
  accounts: readonly Account[];
  canChange: boolean;
  onChange: () => void;
  onTurn: (verb: "pause" | "resume") => void;
  onEnd: () => void;
}

export function ScheduleRow({ schedule, accounts, canChange, onChange, onTurn, onEnd }: Props) {
  const running = schedule.state === "active" || schedule.state === "pending";
  const times = useQuery({ ...scheduleTimesQuery(schedule.id), enabled: running });
  const next = times.data?.[0] && splitWall(times.data[0].wall);
  const own = accounts.filter((one) => schedule.accounts.includes(one.id));
  return (
    <li data-schedule={schedule.id} className="flex flex-col gap-1 border-b py-3 last:border-b-0">
      <div className="flex items-start gap-2">
        <h3 dir="auto" className="line-clamp-2 min-w-0 flex-1 font-medium">
          {schedule.name}
        </h3>
        <State bare told={scheduleStates[schedule.state]} />
      </div>
      <p className="text-sm text-ink-2">{sayWhen(schedule)}</p>
      <p className="flex flex-wrap gap-x-3 text-sm text-ink-3">
        {own.slice(0, 4).map((account) => (
          <span key={account.id} className="inline-flex min-w-0 items-center gap-1">
            <AccountMark id={account.id} platform={account.platform} />
            <span dir="auto" className="max-w-32 truncate">
              {account.name}
            </span>
          </span>
        ))}
        {own.length > 4 && <span>and {own.length - 4} more</span>}
        {schedule.pattern === "rotate" && own.length > 1 && <span>in turn</span>}
        <ClientTag id={schedule.client_id} />
      </p>
      <p className="figures text-sm text-ink-3">
        {counted(schedule.contents.length, "video")} in the queue{schedule.repeat_queue && ", again and again"}
        {next && ` · next ${dayName(next.day)}, ${next.time}`}
      </p>
      {schedule.gaps.length > 0 && (
        <p className="text-sm text-wait">
          {counted(schedule.gaps.length, "time")} without a post: {schedule.gaps[0]?.reason}
        </p>
      )}
      {canChange && (
        <div className="mt-1 flex flex-wrap gap-2">
          <Button small icon={Pencil} aria-label={`Change ${schedule.name}`} onClick={onChange}>
            Change
          </Button>
          {running && (
            <Button small icon={Pause} aria-label={`Pause ${schedule.name}`} onClick={() => onTurn("pause")}>
              Pause
            </Button>
          )}
          {schedule.state === "paused" && (
            <Button small icon={Play} aria-label={`Resume ${schedule.name}`} onClick={() => onTurn("resume")}>
              Resume
            </Button>
          )}
          <Button small tone="danger" icon={Trash2} aria-label={`End ${schedule.name}`} onClick={onEnd}>
            End
          </Button>
        </div>
      )}
    </li>
  );
}

function sayWhen({ kind, rule, start, window, zone }: Schedule): string {
  const city = zoneCity(zone);
  if (kind === "slots") return `At the free slots of its accounts, from ${dayName(start.slice(0, 10))}`;
  const days = sayRule(rule);
  if (kind === "window" && window)
    return `${capital(days)}, ${counted(window.times ?? 1, "time")} between ${window.opens} and ${window.closes} in ${city}`;
  return days.startsWith("cron")
    ? `${capital(days)} in ${city}`
    : `${capital(days)} at ${start.slice(11, 16)} in ${city}`;
}
