// Asking for a phone that somebody holds, and taking it from them.
import { useState } from "react";
import { useAskForPhone, useBreakIn } from "@/api/wall";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/Toast";
import type { Numbered } from "./filters";

interface Props {
  one: Numbered;
  holder: string;
  onClose: () => void;
}

export function AskDialog({ one: { number, phone }, holder, onClose }: Props) {
  const ask = useAskForPhone();
  const [note, setNote] = useState("");
  const send = () =>
    ask.mutate(
      { id: phone.id, note },
      {
        onSuccess: () => {
          say(`${holder} was asked for phone ${number}.`);
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Ask for phone ${number}`}
      about={<Holds name={phone.name} holder={holder} />}
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field label="What for" hint={`${holder} reads it, and can hand the phone over to you.`}>
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                maxLength={300}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          {ask.error && <ErrorNote error={ask.error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="go" busy={ask.isPending}>
            Ask
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}

export function BreakInDialog({
  one: { number, phone },
  holder,
  onCame,
  onClose,
}: Props & { onCame: (epoch: number) => void }) {
  const breakIn = useBreakIn();
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const send = () => {
    setTried(true);
    if (!why.trim()) return;
    breakIn.mutate(
      { id: phone.id, why: why.trim() },
      {
        onSuccess: (lease) => {
          onCame(lease.epoch);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Take phone ${number} over`}
      about={<Holds name={phone.name} holder={holder} />}
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field
            label="Why"
            hint={`${holder} loses it at once and reads this. It is kept in the audit trail.`}
            error={tried && !why.trim() ? "Say why; it is the first thing they will ask." : null}
          >
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                maxLength={300}
                value={why}
                onChange={(event) => setWhy(event.target.value)}
              />
            )}
          </Field>
          {breakIn.error && <ErrorNote error={breakIn.error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" tone="danger" busy={breakIn.isPending}>
            Take phone {number} over
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}

function Holds({ name, holder }: { name: string; holder: string }) {
  return (
    <>
      <bdi>{holder}</bdi> holds <bdi>{name}</bdi>.
    </>
  );
}
