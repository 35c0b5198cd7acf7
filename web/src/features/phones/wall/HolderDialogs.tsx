// Asking for a phone that somebody holds, and taking it from them.
import { useState } from "react";
import { useAskForPhone, useBreakIn } from "@/api/wall";
import { FormDialog } from "@/ui/FormDialog";
import { TextField } from "@/ui/TextField";
import { say } from "@/ui/Toast";
import type { Numbered } from "../filters";

interface Props {
  one: Numbered;
  holder: string;
  onClose: () => void;
}

export function AskDialog({ one: { number, phone }, holder, onAsked, onClose }: Props & { onAsked: () => void }) {
  const ask = useAskForPhone();
  const [note, setNote] = useState("");
  const send = () =>
    ask.mutate(
      { id: phone.id, note },
      {
        onSuccess: () => {
          say(`${holder} was asked for phone ${number}.`);
          onAsked();
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={`Ask for phone ${number}`}
      about={<Holds name={phone.name} holder={holder} />}
      verb="Ask"
      busy={ask.isPending}
      error={ask.error}
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label="What for"
        hint={`${holder} reads it, and can hand the phone over to you.`}
        autoFocus
        maxLength={300}
        value={note}
        onChange={setNote}
      />
    </FormDialog>
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
    <FormDialog
      title={`Take phone ${number} over`}
      about={<Holds name={phone.name} holder={holder} />}
      verb={`Take phone ${number} over`}
      tone="danger"
      busy={breakIn.isPending}
      error={breakIn.error}
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label="Why"
        hint={`${holder} loses it at once and reads this. It is kept in the audit trail.`}
        error={tried && !why.trim() ? "Say why; it is the first thing they will ask." : null}
        autoFocus
        maxLength={300}
        value={why}
        onChange={setWhy}
      />
    </FormDialog>
  );
}

function Holds({ name, holder }: { name: string; holder: string }) {
  return (
    <>
      <bdi>{holder}</bdi> holds <bdi>{name}</bdi>.
    </>
  );
}
