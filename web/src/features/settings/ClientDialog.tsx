// A client: name, colour, zone.
import { useState } from "react";
import { useChangeClient, useCreateClient } from "@/api/people";
import { ApiProblem, isStatus } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Client } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, Group, TextInput } from "@/ui/Field";
import { say } from "@/ui/Toast";
import { ZoneField } from "@/ui/ZoneField";

const COLOURS = ["#2f7a55", "#2457c5", "#6441bd", "#b0271d", "#c97c08", "#0e7f86", "#a83279", "#5b6470"];

export function ClientDialog({ client, onClose }: { client: Client | null; onClose: () => void }) {
  const { session } = useScope();
  const create = useCreateClient();
  const change = useChangeClient();
  const sent = client ? change : create;
  const [name, setName] = useState(client?.name ?? "");
  const [colour, setColour] = useState(client?.colour ?? COLOURS[session.clients.length % COLOURS.length] ?? "");
  const [zone, setZone] = useState(client?.zone ?? session.organisation.zone);
  const [archived, setArchived] = useState(client?.status === "archived");
  const [tried, setTried] = useState(false);
  const fields = sent.error instanceof ApiProblem ? sent.error.fields : {};
  const colours = COLOURS.includes(colour) ? COLOURS : [colour, ...COLOURS];

  const send = () => {
    setTried(true);
    if (!name.trim()) return;
    const input = { name: name.trim(), colour, zone };
    const done = {
      onSuccess: () => {
        say("Saved.");
        onClose();
      },
    };
    if (client)
      change.mutate(
        { ...input, id: client.id, version: client.version, status: archived ? "archived" : "active" },
        done,
      );
    else create.mutate(input, done);
  };

  return (
    <Dialog open onClose={onClose} title={client ? "Change a client" : "A new client"}>
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-5">
          <Field label="Name" error={(tried && !name.trim() ? "Give the client a name." : null) ?? fields.name}>
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                name="name"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Group label="Colour" hint="Marks the client's work where several stand together." error={fields.colour}>
            <div className="flex flex-wrap gap-2">
              {colours.map((one) => (
                <label
                  key={one}
                  className="relative grid size-8 place-items-center rounded-full border-2 border-transparent has-checked:border-pick has-focus-visible:outline-2 has-focus-visible:outline-pick"
                >
                  <input
                    type="radio"
                    name="colour"
                    value={one}
                    aria-label={one}
                    checked={one === colour}
                    onChange={() => setColour(one)}
                    className="absolute inset-0 size-full cursor-pointer opacity-0"
                  />
                  <span aria-hidden className="size-5 rounded-full" style={{ background: one }} />
                </label>
              ))}
            </div>
          </Group>
          <ZoneField label="Time zone" value={zone} onChange={setZone} error={fields.zone} />
          {client && (
            <Checkbox
              checked={archived}
              onChange={(event) => setArchived(event.target.checked)}
              label="Archived"
              hint="Nothing more is made or published for it. It can be taken back."
            />
          )}
          {sent.error && (
            <ErrorNote
              error={
                isStatus(sent.error, 412)
                  ? "Somebody changed this client meanwhile. Close, look, and try again."
                  : sent.error
              }
            />
          )}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={sent.isPending}>
            {client ? "Save" : "Add the client"}
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
