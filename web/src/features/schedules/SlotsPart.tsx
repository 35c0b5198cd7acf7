// The queue slots of an account: the times of the week at which it usually posts, which the calendar draws as ghosts.
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Slot, slotsQuery, useAddSlot, useRemoveSlot } from "@/api/calendar";
import { sayError } from "@/api/problem";
import type { Account } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { TextInput } from "@/ui/Field";
import { Section } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { Skeleton } from "@/ui/Skeleton";
import { say, sayBroken } from "@/ui/Toast";
import { WEEKDAY_NAMES, WEEKDAYS } from "./rule";

const EVERY_DAY = "every";
const DAYS = WEEKDAYS.map((day) => WEEKDAY_NAMES[day]);

export function SlotsPart({
  accounts,
  canChange,
}: {
  accounts: readonly Account[];
  canChange: (client: string) => boolean;
}) {
  const open = accounts.filter((one) => one.state !== "closed");
  const [picked, setPicked] = useState("");
  const account = open.find((one) => one.id === picked) ?? open[0];
  if (!account) return null;
  return (
    <Section title="Queue slots">
      <Select
        aria-label="Account"
        className="mb-2 w-full"
        value={account.id}
        options={open.map((one) => ({ value: one.id, label: `${one.name} (${platformName(one.platform)})` }))}
        onChange={(event) => setPicked(event.target.value)}
      />
      <Slots key={account.id} account={account.id} canChange={canChange(account.client_id)} />
    </Section>
  );
}

function Slots({ account, canChange }: { account: string; canChange: boolean }) {
  const slots = useQuery(slotsQuery(account));
  const add = useAddSlot();
  const remove = useRemoveSlot();
  const days = DAYS.map((name, weekday) => ({
    name,
    slots: (slots.data ?? []).filter((one) => one.weekday === weekday).sort((a, b) => a.at.localeCompare(b.at)),
  })).filter((day) => day.slots.length > 0);
  const take = (slot: Slot) =>
    remove.mutate(slot.id, {
      onSuccess: () =>
        say("The slot is gone; what is planned in it stays.", {
          label: "Undo",
          act: () => add.mutate({ account_id: account, weekday: slot.weekday, at: slot.at }),
        }),
      onError: (error) => sayBroken(sayError(error)),
    });
  return (
    <>
      {slots.error && <ErrorNote error={slots.error} onRetry={() => void slots.refetch()} />}
      {slots.isPending && <Skeleton className="h-12 w-full" />}
      {slots.data && days.length === 0 && (
        <p className="text-ink-3">No slots yet. With them a post can take the next free one.</p>
      )}
      <ul aria-label="Slots by weekday">
        {days.map((day) => (
          <li key={day.name} className="flex items-start gap-2 border-b py-1 last:border-b-0">
            <span className="w-24 shrink-0 py-0.5 text-ink-2">{day.name}</span>
            <span className="flex flex-wrap gap-1">
              {day.slots.map((slot) => (
                <span key={slot.id} className="figures inline-flex items-center rounded-sm border bg-surface pl-2">
                  {slot.at}
                  {canChange && (
                    <button
                      type="button"
                      aria-label={`Remove the slot on ${day.name} at ${slot.at}`}
                      onClick={() => take(slot)}
                      className="grid size-6 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
                    >
                      <X aria-hidden className="size-3.5" strokeWidth={1.75} />
                    </button>
                  )}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {canChange && <NewSlot account={account} add={add} />}
    </>
  );
}

function NewSlot({ account, add }: { account: string; add: ReturnType<typeof useAddSlot> }) {
  const [day, setDay] = useState(EVERY_DAY);
  const [time, setTime] = useState("12:00");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const weekdays = day === EVERY_DAY ? DAYS.map((_, index) => index) : [Number(day)];
    try {
      for (const weekday of weekdays) await add.mutateAsync({ account_id: account, weekday, at: time });
    } catch {
      return; // `add.error` is shown
    }
    say(weekdays.length > 1 ? `Seven slots at ${time}.` : `A slot on ${DAYS[weekdays[0] ?? 0]} at ${time}.`);
  };
  return (
    <form className="mt-2 flex flex-col gap-2" onSubmit={(event) => void send(event)}>
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label="Weekday"
          value={day}
          options={[
            { value: EVERY_DAY, label: "Every day" },
            ...DAYS.map((name, index) => ({ value: String(index), label: name })),
          ]}
          onChange={(event) => setDay(event.target.value)}
        />
        <TextInput
          type="time"
          required
          aria-label="Time of the slot"
          className="figures max-w-28"
          value={time}
          onChange={(event) => setTime(event.target.value)}
        />
        <Button type="submit" icon={Plus} busy={add.isPending}>
          Add a slot
        </Button>
      </div>
      {add.error && <ErrorNote error={add.error} />}
    </form>
  );
}
