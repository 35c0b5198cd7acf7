// First run: the first administrator, the organisation and its first client.
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { useFirstRun } from "@/api/session";
import { browserZone, isZone } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";
import { ZoneField } from "@/ui/ZoneField";
import { passwordFault } from "./password";

const EMPTY = { name: "", email: "", password: "", organisation: "", client: "" };

export function WelcomeForm({ token, onDone }: { token: string; onDone: () => void }) {
  const firstRun = useFirstRun();
  const [form, setForm] = useState({ ...EMPTY, zone: browserZone() });
  const [tried, setTried] = useState(false);
  const faults = tried ? faultsOf(form) : {};
  const fromServer = firstRun.error instanceof ApiProblem ? firstRun.error.fields : {};

  const field = (
    name: keyof typeof EMPTY,
    label: string,
    more: { type?: string; autoComplete?: string; hint?: string; autoFocus?: boolean },
  ) => {
    const { hint, ...input } = more;
    return (
      <Field label={label} hint={hint} error={faults[name] ?? fromServer[name]}>
        {(tied) => (
          <TextInput
            {...tied}
            {...input}
            name={name}
            value={form[name]}
            onChange={(event) => setForm({ ...form, [name]: event.target.value })}
          />
        )}
      </Field>
    );
  };

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(faultsOf(form)).length === 0)
          firstRun.mutate({ token, ...trimmed(form) }, { onSuccess: onDone });
      }}
    >
      {field("name", "Your name", { autoComplete: "name", autoFocus: true })}
      {field("email", "Your e-mail", { type: "email", autoComplete: "username" })}
      <PasswordField
        label="A password"
        kind="fresh"
        name="password"
        hint="At least 10 characters."
        error={faults.password ?? fromServer.password}
        value={form.password}
        onChange={(password) => setForm({ ...form, password })}
      />
      {field("organisation", "Your organisation", {
        autoComplete: "organization",
        hint: "The agency or the person that runs this installation.",
      })}
      {field("client", "Your first client", { hint: "A brand, a customer or yourself. More can follow." })}
      <ZoneField
        label="The client's time zone"
        value={form.zone}
        onChange={(zone) => setForm({ ...form, zone })}
        error={fromServer.zone}
      />
      {firstRun.error && <ErrorNote error={firstRun.error} />}
      <Button tone="go" type="submit" busy={firstRun.isPending}>
        Open the green room
      </Button>
    </form>
  );
}

type Form = typeof EMPTY & { zone: string };

function trimmed(form: Form): Form {
  const { password, ...rest } = form;
  const entries = Object.entries(rest).map(([name, value]) => [name, value.trim()]);
  return { ...(Object.fromEntries(entries) as Omit<Form, "password">), password };
}

function faultsOf(form: Form): Partial<Record<keyof Form, string>> {
  const faults: Partial<Record<keyof Form, string>> = {};
  if (!form.name.trim()) faults.name = "Say who you are.";
  if (!/^\S+@\S+$/.test(form.email.trim())) faults.email = "Give an e-mail address, like name@example.org.";
  const fault = passwordFault(form.password, form.email);
  if (fault) faults.password = fault;
  if (!form.organisation.trim()) faults.organisation = "Give it a name; it can be changed.";
  if (!form.client.trim()) faults.client = "Give the first client a name; it can be changed.";
  if (!isZone(form.zone)) faults.zone = "Choose a zone.";
  return faults;
}
