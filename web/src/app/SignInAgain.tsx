// When the session ends under an open page: sign in over it, so that nothing typed is lost.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sessionQuery, useSignIn } from "@/api/session";
import type { Session } from "@/api/shapes";
import { challengeOf } from "@/api/sign-in";
import { CodeForm } from "@/features/sign-in/CodeForm";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

/** `was` is who sat here. */
export function SignInAgain({ open, was }: { open: boolean; was: Session }) {
  const cache = useQueryClient();
  const signIn = useSignIn();
  const [password, setPassword] = useState("");

  const challenge = challengeOf(signIn.error);

  const goOn = () => {
    setPassword("");
    signIn.reset();
    void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
  };
  const send = () => signIn.mutate({ email: was.user.email, password }, { onSuccess: goOn });

  if (challenge) {
    return (
      <Dialog open={open} onClose={() => undefined} firm title="Your session has ended" about="One more step.">
        <DialogBody>
          <CodeForm challenge={challenge} onDone={goOn} onOver={signIn.reset} />
        </DialogBody>
      </Dialog>
    );
  }

  return (
    <Dialog
      open={open}
      onClose={() => undefined}
      firm
      title="Your session has ended"
      about="Sign in again. What you were typing is still here."
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field label="E-mail">
            {(tied) => <TextInput {...tied} value={was.user.email} readOnly autoComplete="username" />}
          </Field>
          <PasswordField label="Password" kind="present" autoFocus value={password} onChange={setPassword} />
          {signIn.error && <ErrorNote error={signIn.error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={() => location.assign("/sign-in")}>Sign in as somebody else</Button>
          <Button tone="go" type="submit" busy={signIn.isPending} disabled={password === ""}>
            Sign in
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
