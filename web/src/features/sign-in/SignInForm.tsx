// E-mail and password, then a code if one is asked for; or a passkey alone.
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useSignIn } from "@/api/session";
import { challengeOf, isCalledOff, passkeysPossible, usePasskeySignIn } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { CodeForm } from "./CodeForm";

export function SignInForm({ onDone }: { onDone: () => void }) {
  const signIn = useSignIn();
  const passkey = usePasskeySignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const challenge = challengeOf(signIn.error);
  if (challenge) return <CodeForm challenge={challenge} onDone={onDone} onOver={signIn.reset} />;
  const failure = signIn.error ?? (isCalledOff(passkey.error) ? null : passkey.error);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        passkey.reset();
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
      {failure && <ErrorNote error={failure} />}
      <Button tone="go" type="submit" busy={signIn.isPending}>
        Sign in
      </Button>
      {passkeysPossible() && (
        <Button
          icon={KeyRound}
          busy={passkey.isPending}
          onClick={() => {
            signIn.reset();
            passkey.mutate(undefined, { onSuccess: onDone });
          }}
        >
          Sign in with a passkey
        </Button>
      )}
      <p className="text-center text-sm text-ink-3">
        Forgotten your password? An administrator can make you a new link under Settings, or on the server with{" "}
        <code className="font-mono">greenroom user reset</code>.
      </p>
    </form>
  );
}
