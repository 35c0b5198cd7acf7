// E-mail and password.
import { useState } from "react";
import { useSignIn } from "@/api/session";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";

export function SignInForm({ onDone }: { onDone: () => void }) {
  const signIn = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate({ email: email.trim(), password }, { onSuccess: onDone });
      }}
    >
      <Field label="E-mail">
        {(tied) => (
          <TextInput
            {...tied}
            type="email"
            autoComplete="username"
            autoFocus
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label="Password">
        {(tied) => (
          <TextInput
            {...tied}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {signIn.error && <ErrorNote error={signIn.error} />}
      <Button tone="go" type="submit" busy={signIn.isPending}>
        Sign in
      </Button>
      <p className="text-center text-sm text-ink-3">
        Forgotten your password? An administrator can make you a new link under Settings, or on the server with{" "}
        <code className="font-mono">greenroom user reset</code>.
      </p>
    </form>
  );
}
