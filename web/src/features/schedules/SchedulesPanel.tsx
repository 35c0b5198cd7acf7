// The client's schedules: what each does, its next time, what it lacks; make, change, pause, end.
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { accountsQuery } from "@/api/posts";
import { sayError } from "@/api/problem";
import { type Schedule, schedulesQuery, useDeleteSchedule, useTurnSchedule } from "@/api/schedules";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { SkeletonRows } from "@/ui/Skeleton";
import { say, sayBroken } from "@/ui/Toast";
import { ScheduleDialog } from "./ScheduleDialog";
import { ScheduleRow } from "./ScheduleRow";
import { SlotsPart } from "./SlotsPart";

export function SchedulesPanel({ onClose }: { onClose: () => void }) {
  const { clientId, session, may } = useScope();
  const schedules = useQuery(schedulesQuery(clientId));
  const accounts = useQuery(accountsQuery(clientId));
  const turn = useTurnSchedule();
  const remove = useDeleteSchedule();
  const [open, setOpen] = useState<Schedule | "new" | null>(null);
  const [ending, setEnding] = useState<Schedule | null>(null);
  // A schedule belongs to one client; with all of them in sight the only one is meant, or one has to be chosen.
  const client = clientId ?? (session.clients.length === 1 ? session.clients[0]?.id : undefined);
  const can = may("publish");
  const add = can && (
    <Button
      small
      icon={Plus}
      disabled={!client}
      title={client ? undefined : "Choose a client first"}
      onClick={() => setOpen("new")}
    >
      New schedule
    </Button>
  );
  const listed = schedules.data?.filter((one) => one.state !== "cancelled");
  return (
    <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-3 p-4 lg:overflow-y-auto">
      <div className="flex items-center gap-2">
        <h2 className="text-lg font-semibold">Schedules</h2>
        <span className="ml-auto flex gap-1">
          {!!listed?.length && add}
          <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
        </span>
      </div>
      {schedules.error && <ErrorNote error={schedules.error} onRetry={() => void schedules.refetch()} />}
      {schedules.isPending && <SkeletonRows rows={3} />}
      {listed?.length === 0 && (
        <EmptyState picture="calendar" title="Nothing fills the calendar by itself" act={add}>
          {client
            ? "A schedule takes approved videos from a queue and plans them: at a time, in a window of the day, or at your slots."
            : "Choose a client at the top of the rail; a schedule belongs to one client."}
        </EmptyState>
      )}
      <ul aria-label="Schedules" className={listed?.length ? "border-t" : ""}>
        {listed?.map((one) => (
          <ScheduleRow
            key={one.id}
            schedule={one}
            accounts={accounts.data ?? []}
            canChange={may("publish", one.client_id)}
            onChange={() => setOpen(one)}
            onEnd={() => setEnding(one)}
            onTurn={(verb) =>
              turn.mutate(
                { id: one.id, verb },
                {
                  onSuccess: () => say(verb === "pause" ? `${one.name} is paused.` : `${one.name} goes on.`),
                  onError: (error) => sayBroken(sayError(error)),
                },
              )
            }
          />
        ))}
      </ul>
      {accounts.data && <SlotsPart accounts={accounts.data} canChange={(client) => may("publish", client)} />}
      {open !== null && (open !== "new" || client) && (
        <ScheduleDialog
          client={open === "new" ? (client ?? "") : open.client_id}
          schedule={open === "new" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
      {ending && (
        <Confirm
          open
          title={`End ${ending.name}?`}
          about="Its posts that still wait are cancelled; what went out stays. The videos in its queue stay approved."
          verb="End the schedule"
          onClose={() => setEnding(null)}
          act={() => remove.mutateAsync(ending.id).then(() => say("The schedule is ended."))}
        />
      )}
    </div>
  );
}
