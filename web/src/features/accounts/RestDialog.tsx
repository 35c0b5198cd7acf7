// Let an account rest until a day: what is due before waits or is missed, later posts can be planned.
import { useState } from "react";
import { useMoveAccount } from "@/api/accounts";
import { ApiProblem, isStatus } from "@/api/problem";
import type { Account } from "@/api/shapes";
import { addDays, isDay } from "@/lib/days";
import { instantOf, zoneCity } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { TextField } from "@/ui/TextField";
import { say } from "@/ui/Toast";

const A_WEEK = 7;

export function RestDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const move = useMoveAccount();
  const { today, zone } = account.pace;
  const [day, setDay] = useState(addDays(today, A_WEEK));
  const [why, setWhy] = useState("");
  const fields = move.error instanceof ApiProblem ? move.error.fields : {};
  const fault = isDay(day) && day > today ? null : "Choose a day after today.";
  const send = () => {
    if (fault) return;
    const until = instantOf({ day, time: "00:00" }, zone).instant.toISOString();
    move.mutate(
      { account, to: "resting", until, why: why.trim() },
      {
        onSuccess: () => {
          say(`${account.name} rests.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Let ${account.name} rest`}
      about="Nothing goes out until then. It posts again by itself; posts for later can be planned meanwhile."
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field
            label="First day after the rest"
            hint={`It begins as the day does in ${zoneCity(zone)}.`}
            error={fault ?? fields.until}
          >
            {(tied) => (
              <TextInput
                {...tied}
                type="date"
                name="until"
                className="figures max-w-48"
                min={addDays(today, 1)}
                value={day}
                onChange={(event) => setDay(event.target.value)}
              />
            )}
          </Field>
          <TextField
            label="Why"
            hint="Stands in its history."
            error={fields.why}
            name="why"
            maxLength={500}
            value={why}
            onChange={setWhy}
          />
          {move.error && Object.keys(fields).length === 0 && (
            <ErrorNote
              error={
                isStatus(move.error, 412)
                  ? "Somebody changed the account meanwhile. Close this and look again."
                  : move.error
              }
            />
          )}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={move.isPending}>
            Let it rest
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
