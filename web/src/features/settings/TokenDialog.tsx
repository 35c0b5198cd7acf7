// A new API token: what it may, for whom, how long; then the token itself, once.
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { useCreateToken } from "@/api/programs";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, Group, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
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
      <Dialog open firm onClose={onClose} title={`The token for ${create.data.made.name}`}>
        <DialogBody className="flex flex-col gap-4">
          <Once
            label="Token"
            value={create.data.token}
            hint="Copy it now; it is not shown again. Send it with each request as the header “Authorization: Bearer …”."
          />
        </DialogBody>
        <DialogFoot>
          <Button tone="go" onClick={onClose}>
            I have copied it
          </Button>
        </DialogFoot>
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title="A new API token" about="A program acts for you, and may never more than you.">
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-5">
          <Field
            label="Name"
            hint="What will use it, so that you know it again."
            error={(tried && !name.trim() ? "Say what will use it." : null) ?? fields.name}
          >
            {(tied) => <TextInput {...tied} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
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
            {(tied) => (
              <Select {...tied} value={days} onChange={(event) => setDays(event.target.value)} options={LASTS} />
            )}
          </Field>
          {create.error && <ErrorNote error={create.error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={create.isPending}>
            Make the token
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
