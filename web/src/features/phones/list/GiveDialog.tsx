// Gives phones to a client, or takes them back; names who loses one by it.
import { useState } from "react";
import { type Phone, useGivePhones } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { counted } from "@/lib/numbers";
import { Field } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { Select } from "@/ui/Select";
import { say } from "@/ui/Toast";
import { NOBODY } from "../filters";

export function GiveDialog({ phones, onClose }: { phones: readonly Phone[]; onClose: () => void }) {
  const { session, clientOf } = useScope();
  const give = useGivePhones();
  const mine = session.clients.filter((one) => one.permissions.includes("manage"));
  const mayTake = session.user.role === "super";
  const [to, setTo] = useState(mine.find((one) => phones.some((phone) => phone.client_id !== one.id))?.id ?? NOBODY);
  const moved = phones.filter((one) => (one.client_id ?? NOBODY) !== to);
  const held = moved.filter((one) => one.lease);
  const many = phones.length === 1 && phones[0] ? phones[0].name : counted(phones.length, "phone");
  const whom = to === NOBODY ? "no client" : (clientOf(to)?.name ?? "");
  const send = () =>
    give.mutate(
      { phones: phones.map((one) => one.id), client_id: to === NOBODY ? null : to },
      {
        onSuccess: () => {
          say(to === NOBODY ? `${many}: no client has it any more.` : `${many}: given to ${whom}.`);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={`Give ${many} to a client`}
      verb={to === NOBODY ? "Take from its client" : `Give to ${whom}`}
      busy={give.isPending}
      disabled={moved.length === 0}
      error={give.error}
      onSubmit={send}
      onClose={onClose}
    >
      <Field label="Client" hint="Only the client’s people see the phone then. Its history stays with who had it.">
        {(tied) => (
          <Select
            {...tied}
            autoFocus
            value={to}
            onChange={(event) => setTo(event.target.value)}
            options={[
              ...mine.map((one) => ({ value: one.id, label: one.name })),
              ...(mayTake ? [{ value: NOBODY, label: "No client" }] : []),
            ]}
          />
        )}
      </Field>
      {held.length > 0 && (
        <p className="rounded-md bg-wait-soft px-3 py-2 [overflow-wrap:anywhere] text-wait">
          {held.map((one) => `${one.lease?.holder_name} loses ${one.name}`).join("; ")}, and is told so.
        </p>
      )}
    </FormDialog>
  );
}
