// A new password, with the present one; it ends all other sessions.
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { useChangePassword } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { PasswordField } from "@/ui/PasswordField";
import { say } from "@/ui/Toast";

const EMPTY = { present: "", password: "" };

export function ChangePassword() {
  const change = useChangePassword();
  const [form, setForm] = useState(EMPTY);
  const fields = change.error instanceof ApiProblem ? change.error.fields : {};
  const done = () => {
    setForm(EMPTY);
    say("The password is changed; all other sessions have ended.");
  };
  return (
    <Section title="Password">
      <form
        noValidate
        className="flex max-w-md flex-col gap-4 pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(form, { onSuccess: done });
        }}
      >
        <PasswordField
          label="Present password"
          kind="present"
          error={fields.present}
          value={form.present}
          onChange={(present) => setForm({ ...form, present })}
        />
        <PasswordField
          label="New password"
          kind="fresh"
          hint="At least 10 characters. All your other sessions end."
          error={fields.password}
          value={form.password}
          onChange={(password) => setForm({ ...form, password })}
        />
        {change.error && Object.keys(fields).length === 0 && <ErrorNote error={change.error} />}
        <div>
          <Button type="submit" busy={change.isPending} disabled={form.present === "" || form.password === ""}>
            Change the password
          </Button>
        </div>
      </form>
    </Section>
  );
}
