// A new password from a one-time link.
import { useState } from "react";
import { useSetPassword } from "@/api/session";
import { challengeOf } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";
import { CodeForm } from "./CodeForm";
import { passwordFault } from "./password";

export function PasswordForm({ token, email, onDone }: { token: string; email: string | null; onDone: () => void }) {
  const setPassword = useSetPassword();
  const [password, set] = useState("");
  const [tried, setTried] = useState(false);
  const fault = passwordFault(password, email ?? "");
  const challenge = challengeOf(setPassword.error);
  // The password is kept by then and the link used; who starts again signs in with it.
  if (challenge) return <CodeForm challenge={challenge} onDone={onDone} onOver={() => location.assign("/sign-in")} />;
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!fault) setPassword.mutate({ token, password }, { onSuccess: onDone });
      }}
    >
      {email && (
        <Field label="E-mail">{(tied) => <TextInput {...tied} value={email} readOnly autoComplete="username" />}</Field>
      )}
      <PasswordField
        label="New password"
        kind="fresh"
        hint="At least 10 characters."
        error={tried ? fault : null}
        autoFocus
        value={password}
        onChange={set}
      />
      {setPassword.error && <ErrorNote error={setPassword.error} />}
      <Button tone="go" type="submit" busy={setPassword.isPending}>
        Keep this password and sign in
      </Button>
    </form>
  );
}
