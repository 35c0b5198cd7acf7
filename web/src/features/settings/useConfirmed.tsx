// Acts that change how one signs in: the server may want the password again first; then they are done after it.
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { isConfirmFirst, useConfirmSession } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";

/** `confirmed(act)` does it, now or once the password was given; `dialog` belongs into the page. */
export function useConfirmed(withCode: boolean) {
  const [waiting, setWaiting] = useState<(() => Promise<unknown>) | null>(null);
  const confirmed = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      if (isConfirmFirst(error)) setWaiting(() => act);
    }
  };
  const dialog = waiting && (
    <ConfirmDialog
      withCode={withCode}
      onClose={() => setWaiting(null)}
      onDone={() => {
        setWaiting(null);
        void confirmed(waiting);
      }}
    />
  );
  return { confirmed, dialog };
}

function ConfirmDialog(props: { withCode: boolean; onClose: () => void; onDone: () => void }) {
  const confirm = useConfirmSession();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const fields = confirm.error instanceof ApiProblem ? confirm.error.fields : {};
  const send = () =>
    confirm.mutate({ password, code: props.withCode ? code.trim() : null }, { onSuccess: props.onDone });
  return (
    <Dialog open onClose={props.onClose} title="Is it still you?" about="It was a while ago that you signed in.">
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field label="Password" error={fields.password}>
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          {props.withCode && (
            <Field label="Code" hint="From your authenticator app, or a recovery code." error={fields.code}>
              {(tied) => (
                <TextInput
                  {...tied}
                  autoComplete="one-time-code"
                  className="figures"
                  value={code}
                  onChange={(event) => setCode(event.target.value)}
                />
              )}
            </Field>
          )}
          {confirm.error && Object.keys(fields).length === 0 && <ErrorNote error={confirm.error} />}
        </DialogBody>
        <DialogFoot>
          <Button tone="go" type="submit" busy={confirm.isPending} disabled={password === ""}>
            Go on
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
