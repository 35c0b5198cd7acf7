// The organisation's name and zone.
import { useState } from "react";
import { useChangeOrganisation } from "@/api/people";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/Toast";
import { ZoneField } from "@/ui/ZoneField";

export function OrganisationPart() {
  const { session, may } = useScope();
  const change = useChangeOrganisation();
  const [name, setName] = useState(session.organisation.name);
  const [zone, setZone] = useState(session.organisation.zone);
  const can = may("manage");
  const fields = change.error instanceof ApiProblem ? change.error.fields : {};
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const { version } = session.organisation;
        change.mutate({ version, name: name.trim(), zone }, { onSuccess: () => say("Saved.") });
      }}
    >
      <fieldset disabled={!can} className="contents">
        <Field label="Name" error={fields.name}>
          {(tied) => <TextInput {...tied} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <ZoneField label="Time zone" value={zone} onChange={setZone} error={fields.zone} />
      </fieldset>
      {change.error && <ErrorNote error={change.error} />}
      {can ? (
        <div>
          <Button
            tone="go"
            type="submit"
            busy={change.isPending}
            disabled={name.trim() === session.organisation.name && zone === session.organisation.zone}
          >
            Save
          </Button>
        </div>
      ) : (
        <p className="text-ink-3">Only administrators change this.</p>
      )}
    </form>
  );
}
