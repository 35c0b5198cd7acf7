// A new API token: what it may, for whom, how long; then the token itself, once.
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { useCreateToken } from "@/api/programs";
import { useScope } from "@/api/scope";
import { Checkbox, Field, Group } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { OnceDialog } from "@/ui/OnceDialog";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { Once } from "./Once";
import { SCOPES } from "./words";

const LASTS = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "366", label: "a year" },
];

export function TokenDialog({ onClose }: { onClose: () => void }) {
  const { session } = useScope();
  const create = useCreateToken();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>(["read"]);
  const [client, setClient] = useState("");
  const [days, setDays] = useState("90");
  const [tried, setTried] = useState(false);
  const fields = create.error instanceof ApiProblem ? create.error.fields : {};
  const held = new Set(session.clients.flatMap((one) => one.permissions));
  const toggle = (scope: string, on: boolean) =>
    setScopes((before) => (on ? [...before, scope] : before.filter((one) => one !== scope)));

  const send = () => {
    setTried(true);
    if (!name.trim() || scopes.length === 0) return;
    create.mutate({ name: name.trim(), scopes: [...scopes], clients: client ? [client] : null, days: Number(days) });
  };

  if (create.data)
    return (
      <OnceDialog title={`The token for ${create.data.made.name}`} onClose={onClose}>
        <Once
          label="Token"
          value={create.data.token}
          hint="Copy it now; it is not shown again. Send it with each request as the header “Authorization: Bearer …”."
        />
      </OnceDialog>
    );
  return (
    <FormDialog
      title="A new API token"
      about="A program acts for you, and may never more than you."
      verb="Make the token"
      busy={create.isPending}
      error={create.error}
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label="Name"
        hint="What will use it, so that you know it again."
        error={(tried && !name.trim() ? "Say what will use it." : null) ?? fields.name}
        autoFocus
        value={name}
        onChange={setName}
      />
      <Group label="It may" error={(tried && scopes.length === 0 ? "Choose at least one." : null) ?? fields.scopes}>
        {Object.entries(SCOPES)
          .filter(([scope]) => held.has(scope))
          .map(([scope, about]) => (
            <Checkbox
              key={scope}
              label={about}
              checked={scopes.includes(scope)}
              onChange={(event) => toggle(scope, event.target.checked)}
            />
          ))}
      </Group>
      <Field label="For" error={fields.clients}>
        {(tied) => (
          <Select
            {...tied}
            value={client}
            onChange={(event) => setClient(event.target.value)}
            options={[
              { value: "", label: "all my clients" },
              ...session.clients.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        )}
      </Field>
      <Field label="Ends after" error={fields.days}>
        {(tied) => <Select {...tied} value={days} onChange={(event) => setDays(event.target.value)} options={LASTS} />}
      </Field>
    </FormDialog>
  );
}
