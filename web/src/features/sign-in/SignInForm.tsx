// E-mail and password, then a code if one is asked for; or a passkey alone; or an identity provider.
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useSignIn } from "@/api/session";
import { challengeOf, isCalledOff, passkeysPossible, usePasskeySignIn } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";
import type { ProviderOffered } from "@/api/single-sign-on";
import { CodeForm } from "./CodeForm";
import { ProviderButtons } from "./ProviderButtons";

interface Props {
  providers: readonly ProviderOffered[];
  /** The second step of a sign-in that began at a provider. */
  challenge: string | null;
  to: string;
  onDone: () => void;
}

export function SignInForm({ providers, challenge: begun, to, onDone }: Props) {
  const signIn = useSignIn();
  const passkey = usePasskeySignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [over, setOver] = useState(false);
  const challenge = challengeOf(signIn.error) ?? (over ? null : begun);
  const startAgain = () => {
    setOver(true);
    signIn.reset();
  };
  if (challenge) return <CodeForm challenge={challenge} onDone={onDone} onOver={startAgain} />;
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
      <PasswordField label="Password" kind="present" required value={password} onChange={setPassword} />
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
      <ProviderButtons providers={providers} to={to} />
      <p className="text-center text-sm text-ink-3">
        Forgotten your password? An administrator can make you a new link under Settings, or on the server with{" "}
        <code className="font-mono">greenroom user reset</code>.
      </p>
    </form>
  );
}
