// Puts phones out of work, with the reason that then stands beside them and in their history.
import { useState } from "react";
import { type KeptState, type Phone, useChangePhones } from "@/api/inventory";
import { ApiProblem } from "@/api/problem";
import { counted } from "@/lib/numbers";
import { ChoiceCard, Group } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { TextField } from "@/ui/TextField";
import { say } from "@/ui/Toast";
import { OUT_OF_WORK, phoneStates } from "../words";

export function StateDialog({ phones, onClose }: { phones: readonly Phone[]; onClose: () => void }) {
  const change = useChangePhones();
  const only = phones.length === 1 ? phones[0] : undefined;
  const kept = OUT_OF_WORK.find((one) => one.value === only?.state);
  const [state, setState] = useState<KeptState>(kept?.value ?? "maintenance");
  const [why, setWhy] = useState(kept ? (only?.state_why ?? "") : "");
  const [tried, setTried] = useState(false);
  const fields = change.error instanceof ApiProblem ? change.error.fields : {};
  const whose = only ? only.name : counted(phones.length, "phone");
  const send = () => {
    setTried(true);
    if (!why.trim()) return;
    change.mutate(
      { phones: phones.map((one) => one.id), state, why: why.trim() },
      {
        onSuccess: () => {
          say(`${whose}: ${phoneStates[state].word.toLowerCase()}.`);
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={`Take ${whose} out of work`}
      about="No workflow takes it then; people still can, to see to it. Whoever holds it keeps it."
      verb="Take out of work"
      busy={change.isPending}
      error={!fields.why && change.error}
      onSubmit={send}
      onClose={onClose}
    >
      <Group label="State">
        {OUT_OF_WORK.map((one) => (
          <ChoiceCard
            key={one.value}
            name="state"
            value={one.value}
            checked={state === one.value}
            onChange={() => setState(one.value)}
          >
            <span>
              <span className="block font-medium">{phoneStates[one.value].word}</span>
              <span className="text-sm text-ink-2">{one.about}</span>
            </span>
          </ChoiceCard>
        ))}
      </Group>
      <TextField
        label="Why"
        hint="Stands beside it and in its history."
        error={(tried && !why.trim() ? "Say why, for whoever finds it so." : null) ?? fields.why}
        autoFocus
        maxLength={300}
        value={why}
        onChange={setWhy}
      />
    </FormDialog>
  );
}
