// A schedule, new or changed: when, where, what in which order, with the times it means beside the choices.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { contentsQuery } from "@/api/contents";
import { accountsQuery } from "@/api/posts";
import { ApiProblem, isStatus } from "@/api/problem";
import { draftTimesQuery, type Schedule, useChangeSchedule, useCreateSchedule } from "@/api/schedules";
import { useScope } from "@/api/scope";
import { wallAt } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { Skeleton } from "@/ui/Skeleton";
import { say } from "@/ui/Toast";
import { type Draft, draftOf, missing, newDraft, sent } from "./draft";
import { QueueFields } from "./QueueFields";
import { TimesPart } from "./TimesPart";
import { WhenFields } from "./WhenFields";
import { WhereFields } from "./WhereFields";

const AFTER_TYPING = 400;

interface Props {
  client: string;
  schedule: Schedule | null;
  onClose: () => void;
}

export function ScheduleDialog(props: Props) {
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={props.schedule ? "Change the schedule" : "A new schedule"}
      about="It fills the calendar two weeks ahead from its queue; what it plans can be moved like any post."
    >
      <Form {...props} />
    </Dialog>
  );
}

function Form({ client, schedule, onClose }: Props) {
  const { clientOf, zone: viewer } = useScope();
  const zone = clientOf(client)?.zone ?? viewer;
  const accounts = useQuery(accountsQuery(client));
  const contents = useQuery(contentsQuery({ client, status: "approved" }));
  const create = useCreateSchedule();
  const change = useChangeSchedule();
  const saving = schedule ? change : create;
  const [draft, setDraft] = useState<Draft>(() =>
    schedule ? draftOf(schedule) : newDraft(wallAt(new Date(), zone).day, zone, []),
  );
  const [tried, setTried] = useState(false);
  const set = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));

  const lacks = missing(draft);
  const settled = useSettled(lacks ? null : sent(draft, "Preview"));
  const times = useQuery({
    ...draftTimesQuery(settled ?? sent(draft, "Preview")),
    enabled: settled !== null,
  });
  const fault = saving.error ?? times.error;
  const fields = fault instanceof ApiProblem ? fault.fields : {};

  const save = async () => {
    setTried(true);
    if (lacks || !draft.name.trim()) return;
    // Kept with the seed that drew the times which were looked at.
    const body = { ...sent(draft), seed: draft.seed ?? times.data?.seed ?? null };
    try {
      if (schedule) await change.mutateAsync({ id: schedule.id, version: schedule.version, ...body });
      else await create.mutateAsync({ client, ...body });
    } catch {
      return; // `saving.error` is shown
    }
    say(schedule ? "The schedule is changed." : `${draft.name.trim()} fills the calendar now.`);
    onClose();
  };

  return (
    <DialogForm onSubmit={() => void save()}>
      <DialogBody className="flex flex-col gap-5">
        <Field label="Name" error={tried && !draft.name.trim() ? "Give the schedule a name." : fields.name}>
          {(tied) => (
            <TextInput
              {...tied}
              name="name"
              maxLength={120}
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <WhenFields draft={draft} onChange={set} fields={fields} />
        <WhereFields
          accounts={accounts}
          draft={draft}
          onChange={set}
          error={tried && draft.accounts.length === 0 ? "Choose at least one account." : (fields.accounts ?? null)}
        />
        <QueueFields
          client={client}
          queue={draft.contents}
          repeats={draft.repeat_queue}
          onQueue={(queue) => set({ contents: queue })}
          onRepeats={(repeats) => set({ repeat_queue: repeats })}
        />
        <section aria-label="The next thirty times">
          <h3 className="mb-2 font-medium">The next thirty times</h3>
          {lacks && <p className="text-ink-3">{lacks}</p>}
          {!lacks && times.error && <ErrorNote error={times.error} />}
          {!lacks && !times.error && times.isPending && <Skeleton className="h-24 w-full" />}
          {!lacks && !times.error && times.data && (
            <TimesPart
              times={times.data.items}
              accounts={(accounts.data ?? []).filter((one) => draft.accounts.includes(one.id))}
              titleOf={(id) => contents.data?.find((one) => one.id === id)?.topic ?? "a video"}
            />
          )}
        </section>
        {saving.error && (
          <ErrorNote
            error={
              isStatus(saving.error, 412)
                ? "Somebody changed this schedule meanwhile. Close this, look at it, and change it again."
                : saving.error
            }
          />
        )}
      </DialogBody>
      <DialogFoot>
        <Button onClick={onClose}>Not now</Button>
        <Button tone="go" type="submit" busy={saving.isPending}>
          {schedule ? "Change the schedule" : "Make the schedule"}
        </Button>
      </DialogFoot>
    </DialogForm>
  );
}

/** The value once it has rested for a moment. */
function useSettled<T>(value: T): T {
  const written = JSON.stringify(value);
  const [settled, setSettled] = useState(written);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(written), AFTER_TYPING);
    return () => clearTimeout(timer);
  }, [written]);
  return JSON.parse(settled) as T;
}
