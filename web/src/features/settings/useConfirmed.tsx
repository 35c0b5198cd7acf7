// Acts that change how one signs in: the server may want the password again first; then they are done after it.
import { useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { isConfirmFirst, useConfirmSession, waysQuery } from "@/api/sign-in";
import { useConfirmAtProvider } from "@/api/single-sign-on";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

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
  const leave = useConfirmAtProvider();
  const { data: ways } = useQuery(waysQuery);
  const byPassword = ways?.has_password ?? true;
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const error = leave.error ?? confirm.error;
  const fields = error instanceof ApiProblem ? error.fields : {};
  const send = () =>
    byPassword && confirm.mutate({ password, code: props.withCode ? code.trim() : null }, { onSuccess: props.onDone });
  return (
    <Dialog open onClose={props.onClose} title="Is it still you?" about="It was a while ago that you signed in.">
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          {byPassword && (
            <PasswordField
              label="Password"
              kind="present"
              autoFocus
              error={fields.password}
              value={password}
              onChange={setPassword}
            />
          )}
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
          {ways?.providers.map((one) => (
            <Button
              key={one.id}
              icon={Building2}
              busy={leave.isPending || leave.isSuccess}
              onClick={() => leave.mutate({ id: one.id, code: props.withCode ? code.trim() || null : null })}
            >
              <span dir="auto" className="min-w-0 truncate">
                Confirm with {one.name}
              </span>
            </Button>
          ))}
          {!!ways?.providers.length && (
            <p className="text-sm text-ink-3">
              The provider asks who you are and sends you back to this page; then do it once more.
            </p>
          )}
          {error && Object.keys(fields).length === 0 && <ErrorNote error={error} />}
        </DialogBody>
        <DialogFoot>
          {byPassword && (
            <Button tone="go" type="submit" busy={confirm.isPending} disabled={password === ""}>
              Go on
            </Button>
          )}
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
