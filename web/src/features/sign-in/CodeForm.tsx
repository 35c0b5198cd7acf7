// The second step: a code from the app, or a recovery code.
import { useState } from "react";
import { isStatus } from "@/api/problem";
import { useSecondStep } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";

/** `onOver` leads back to the password, which is asked for again after five minutes or five codes. */
export function CodeForm(props: { challenge: string; onDone: () => void; onOver: () => void }) {
  const answer = useSecondStep();
  const [code, setCode] = useState("");
  const over = isStatus(answer.error, 410);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate(
          { challenge: props.challenge, code: code.trim() },
          { onSuccess: props.onDone, onError: () => setCode("") },
        );
      }}
    >
      <Field label="Code" hint="Six digits from your authenticator app, or one of your recovery codes.">
        {(tied) => (
          <TextInput
            {...tied}
            autoFocus
            autoComplete="one-time-code"
            className="figures"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      {answer.error && <ErrorNote error={answer.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={props.onOver}>Start again</Button>
        <Button tone="go" type="submit" busy={answer.isPending} disabled={over || code.trim().length < 6}>
          Sign in
        </Button>
      </div>
    </form>
  );
}
