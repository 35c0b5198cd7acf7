// A new character: a name, and a template or nothing to begin with.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { templatesQuery, useCreateCharacter } from "@/api/characters";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { CharacterTemplate } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { ChoiceCard, Field, Group, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { Skeleton } from "@/ui/Skeleton";
import { say } from "@/ui/Toast";

const NOTHING = "";

export function CreateDialog({
  open,
  onClose,
  onMade,
}: {
  open: boolean;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      wide
      title="A new character"
      about="Everything can be changed afterwards. Its portrait is drawn at once, and it says openly that it is AI."
    >
      <Form onClose={onClose} onMade={onMade} />
    </Dialog>
  );
}

function Form({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { session, clientId, may } = useScope();
  const templates = useQuery(templatesQuery);
  const create = useCreateCharacter();
  const mine = session.clients.filter((one) => may("make", one.id));
  const [client, setClient] = useState(clientId ?? mine[0]?.id ?? "");
  const [template, setTemplate] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const chosen = template ?? templates.data?.[0]?.id ?? NOTHING;
  const fields = create.error instanceof ApiProblem ? create.error.fields : {};
  const missing = name.trim() === "" && chosen === NOTHING;
  const model = templates.data?.find((one) => one.id === chosen);

  const send = () => {
    setTried(true);
    if (missing) return;
    create.mutate(
      { client, name: name.trim() || undefined, template: chosen || undefined },
      {
        onSuccess: (made) => {
          say(`${made.name} joined the cast.`);
          onMade(made.id);
        },
      },
    );
  };

  return (
    <DialogForm onSubmit={send}>
      <DialogBody className="flex flex-col gap-5">
        <Field label="Name" error={(tried && missing ? "Give the character a name." : null) ?? fields.name}>
          {(tied) => (
            <TextInput
              {...tied}
              name="name"
              autoFocus
              maxLength={80}
              placeholder={model?.name}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {session.clients.length > 1 && (
          <Field label="For which client">
            {(tied) => (
              <Select
                {...tied}
                value={client}
                options={mine.map((one) => ({ value: one.id, label: one.name }))}
                onChange={(event) => setClient(event.target.value)}
              />
            )}
          </Field>
        )}
        <Group label="Begin with" error={fields.template}>
          {templates.error && <ErrorNote error={templates.error} onRetry={() => void templates.refetch()} />}
          {templates.isPending && <Skeleton className="h-24 rounded-md" />}
          {templates.data && (
            <div className="grid gap-2 sm:grid-cols-2">
              {templates.data.map((one) => (
                <ChoiceCard
                  key={one.id}
                  name="template"
                  value={one.id}
                  checked={chosen === one.id}
                  onChange={setTemplate}
                >
                  <Swatch template={one} />
                  <span className="min-w-0">
                    <span className="block font-medium">{one.name}</span>
                    <span className="text-sm text-ink-2">{one.description}</span>
                  </span>
                </ChoiceCard>
              ))}
              <ChoiceCard name="template" value={NOTHING} checked={chosen === NOTHING} onChange={setTemplate}>
                <span aria-hidden className="h-10 w-8 shrink-0 rounded-sm border border-dashed border-line-strong" />
                <span className="min-w-0">
                  <span className="block font-medium">Nothing</span>
                  <span className="text-sm text-ink-2">A blank sheet with a plain voice.</span>
                </span>
              </ChoiceCard>
            </div>
          )}
        </Group>
        {create.error && <ErrorNote error={create.error} />}
      </DialogBody>
      <DialogFoot>
        <Button onClick={onClose}>Not now</Button>
        <Button tone="go" type="submit" busy={create.isPending}>
          Make the character
        </Button>
      </DialogFoot>
    </DialogForm>
  );
}

function Swatch({ template: { palette } }: { template: CharacterTemplate }) {
  return (
    <span aria-hidden className="flex h-10 w-8 shrink-0 flex-col overflow-hidden rounded-sm border">
      {[palette.paper, palette.accent, palette.second, palette.ink].map((colour) => (
        <span key={colour} className="flex-1" style={{ background: colour }} />
      ))}
    </span>
  );
}
