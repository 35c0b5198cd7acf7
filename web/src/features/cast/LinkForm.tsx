// A link on the page: its words, its address, and since and until when it is shown.
import { useState } from "react";
import { type Link, useAddLink, useChangeLink } from "@/api/links";
import { ApiProblem, isStatus } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Account } from "@/api/shapes";
import { splitWall } from "@/lib/when";
import { instantOf, wallAt, zoneCity } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";

export function LinkForm({ account, link, onDone }: { account: Account; link: Link | null; onDone: () => void }) {
  const { clientOf, zone: viewer } = useScope();
  const zone = clientOf(account.client_id)?.zone ?? viewer;
  const add = useAddLink();
  const change = useChangeLink();
  const sent = link ? change : add;
  const [title, setTitle] = useState(link?.title ?? "");
  const [address, setAddress] = useState(link?.address ?? "");
  const [from, setFrom] = useState(() => toWall(link?.active_from, zone));
  const [to, setTo] = useState(() => toWall(link?.active_to, zone));
  const fields = sent.error instanceof ApiProblem ? sent.error.fields : {};

  // Not a form of its own: it stands inside the character's. Enter is caught so that it saves the link only.
  const send = () => {
    const input = {
      title: title.trim(),
      address: address.trim(),
      active_from: toInstant(from, zone),
      active_to: toInstant(to, zone),
    };
    const done = { onSuccess: onDone };
    if (link) change.mutate({ ...input, id: link.id, version: link.version }, done);
    else add.mutate({ ...input, client: account.client_id, account_id: account.id }, done);
  };

  return (
    <div
      role="group"
      aria-label={link ? "Change a link" : "A new link"}
      className="flex flex-col gap-4 rounded-md border p-3"
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        send();
      }}
    >
      <Field label="Words" error={fields.title}>
        {(tied) => <TextInput {...tied} autoFocus value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label="Address" error={fields.address}>
        {(tied) => (
          <TextInput
            {...tied}
            type="url"
            placeholder="https://"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Shown from" hint={`Times in ${zoneCity(zone)}. Empty means always.`} error={fields.active_from}>
          {(tied) => (
            <TextInput
              {...tied}
              type="datetime-local"
              className="figures"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label="Shown until" error={fields.active_to}>
          {(tied) => (
            <TextInput
              {...tied}
              type="datetime-local"
              className="figures"
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      {sent.error && (
        <ErrorNote
          error={
            isStatus(sent.error, 412) ? "Somebody changed this link meanwhile. Close, look, and try again." : sent.error
          }
        />
      )}
      <div className="flex gap-2">
        <Button tone="go" busy={sent.isPending} disabled={title.trim() === "" || address.trim() === ""} onClick={send}>
          {link ? "Save the link" : "Add the link"}
        </Button>
        <Button onClick={onDone}>Leave it</Button>
      </div>
    </div>
  );
}

function toWall(at: string | null | undefined, zone: string): string {
  if (!at) return "";
  const { day, time } = wallAt(new Date(at), zone);
  return `${day}T${time}`;
}

function toInstant(wall: string, zone: string): string | null {
  const parts = splitWall(wall);
  return parts ? instantOf(parts, zone).instant.toISOString() : null;
}
