// A webhook: where to, for whom, about what. A new one shows its secret, once.
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import { useChangeWebhook, useCreateWebhook, type Webhook } from "@/api/webhooks";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, Group, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { say } from "@/ui/Toast";
import { WebhookSecret } from "./WebhookSecret";
import { kindsIn, PARTS } from "./webhookWords";

export function WebhookDialog({ webhook, onClose }: { webhook?: Webhook; onClose: () => void }) {
  const { session } = useScope();
  const create = useCreateWebhook();
  const change = useChangeWebhook();
  const managed = session.clients.filter((one) => one.permissions.includes("manage"));
  const whole = session.user.role === "super";
  const [address, setAddress] = useState(webhook?.address ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [client, setClient] = useState(webhook?.client_id ?? (whole ? "" : (managed[0]?.id ?? "")));
  const [all, setAll] = useState(webhook ? webhook.kinds.includes("*") : true);
  const before = webhook?.kinds.filter((kind) => kind !== "*") ?? [];
  const known = new Set(PARTS.map((part) => part.kind));
  const [parts, setParts] = useState<readonly string[]>(before.filter((kind) => known.has(kind)));
  const [others, setOthers] = useState(before.filter((kind) => !known.has(kind)).join(", "));
  const [tried, setTried] = useState(false);
  const busy = create.isPending || change.isPending;
  const error = create.error ?? change.error;
  const fields = error instanceof ApiProblem ? error.fields : {};
  const kinds = all ? ["*"] : [...parts, ...kindsIn(others)];
  const kindsError = Object.entries(fields).find(([name]) => name.startsWith("kinds"))?.[1];
  const toggle = (kind: string, on: boolean) =>
    setParts((chosen) => (on ? [...chosen, kind] : chosen.filter((one) => one !== kind)));

  const send = () => {
    setTried(true);
    if (!address.trim() || kinds.length === 0) return;
    const body = { address: address.trim(), description: description.trim(), kinds };
    if (!webhook) create.mutate({ ...body, client_id: client || null });
    else
      change.mutate(
        { id: webhook.id, version: webhook.version, ...body },
        { onSuccess: () => (onClose(), say("The webhook is changed.")) },
      );
  };

  if (create.data) return <WebhookSecret made={create.data} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={webhook ? "Change the webhook" : "A new webhook"}
      about="Another program is told what happens here, within seconds."
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-5">
          <Field
            label="Address"
            hint="It begins with https:// and is asked with POST."
            error={(tried && !address.trim() ? "Say where to send it." : null) ?? fields.address}
          >
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                inputMode="url"
                autoComplete="off"
                spellCheck={false}
                placeholder="https://example.com/greenroom"
                value={address}
                onChange={(event) => setAddress(event.target.value)}
              />
            )}
          </Field>
          <Field label="What it is for" hint="So that you know it again; may stay empty." error={fields.description}>
            {(tied) => (
              <TextInput {...tied} value={description} onChange={(event) => setDescription(event.target.value)} />
            )}
          </Field>
          {!webhook && (
            <Field label="For" error={fields.client_id}>
              {(tied) => (
                <Select
                  {...tied}
                  value={client}
                  onChange={(event) => setClient(event.target.value)}
                  options={[
                    ...(whole ? [{ value: "", label: "everything in the organisation" }] : []),
                    ...managed.map((one) => ({ value: one.id, label: one.name })),
                  ]}
                />
              )}
            </Field>
          )}
          <Group
            label="It is told about"
            error={(tried && kinds.length === 0 ? "Choose at least one." : null) ?? kindsError}
          >
            <Checkbox label="Everything" checked={all} onChange={(event) => setAll(event.target.checked)} />
            {!all && (
              <>
                {PARTS.map((part) => (
                  <Checkbox
                    key={part.kind}
                    label={part.name}
                    checked={parts.includes(part.kind)}
                    onChange={(event) => toggle(part.kind, event.target.checked)}
                  />
                ))}
                <TextInput
                  aria-label="Other kinds"
                  placeholder="other kinds, such as channels.link.changed"
                  value={others}
                  onChange={(event) => setOthers(event.target.value)}
                />
              </>
            )}
          </Group>
          {error && Object.keys(fields).length === 0 && <ErrorNote error={error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={busy}>
            {webhook ? "Change it" : "Make the webhook"}
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
