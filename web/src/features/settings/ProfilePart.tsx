// My own name and zone, and how the pages look to me.
import { useState } from "react";
import { useChangeProfile } from "@/api/people";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/Toast";
import { ZoneField } from "@/ui/ZoneField";

export function ProfilePart() {
  const { session } = useScope();
  const change = useChangeProfile();
  const [name, setName] = useState(session.user.name);
  const [zone, setZone] = useState(session.user.zone);
  const fields = change.error instanceof ApiProblem ? change.error.fields : {};
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const { version } = session.user;
        change.mutate({ version, name: name.trim(), zone }, { onSuccess: () => say("Saved.") });
      }}
    >
      <Field label="Name" error={fields.name}>
        {(tied) => (
          <TextInput {...tied} autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label="E-mail">{(tied) => <TextInput {...tied} value={session.user.email} readOnly />}</Field>
      <ZoneField label="My time zone" value={zone} onChange={setZone} error={fields.zone} />
      {change.error && <ErrorNote error={change.error} />}
      <div>
        <Button
          tone="go"
          type="submit"
          busy={change.isPending}
          disabled={name.trim() === session.user.name && zone === session.user.zone}
        >
          Save
        </Button>
      </div>
    </form>
  );
}
