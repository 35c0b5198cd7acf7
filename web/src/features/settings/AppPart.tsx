// The authenticator app: its QR code and first code, the recovery codes, and taking it away.
import { useState } from "react";
import { ApiProblem } from "@/api/problem";
import { isConfirmFirst, useBeginApp, useFinishApp, useRemoveApp, useRenewCodes } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { Section } from "@/ui/Page";
import { Qr } from "@/ui/Qr";
import { Time } from "@/ui/Time";
import { useConfirmed } from "./useConfirmed";

export function AppPart({ since, codesLeft }: { since: string | null; codesLeft: number }) {
  const begin = useBeginApp();
  const remove = useRemoveApp();
  const renew = useRenewCodes();
  const { confirmed, dialog } = useConfirmed(since !== null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const failure = [begin.error, remove.error, renew.error].find((error) => error && !isConfirmFirst(error));
  return (
    <Section title="Authenticator app">
      <div className="flex flex-col gap-3 pt-3">
        {since === null ? (
          <p className="text-ink-2">With an app, signing in takes a six-digit code beside the password.</p>
        ) : (
          <p className="text-ink-2">
            A code is asked for at sign-in since <Time at={since} />. {codesLeft} of 10 recovery codes are left.
          </p>
        )}
        {failure && <ErrorNote error={failure} />}
        <div className="flex flex-wrap gap-2">
          {since === null ? (
            <Button busy={begin.isPending} onClick={() => void confirmed(() => begin.mutateAsync())}>
              Set up an app
            </Button>
          ) : (
            <>
              <Button
                busy={renew.isPending}
                onClick={() => void confirmed(async () => setCodes((await renew.mutateAsync()).codes))}
              >
                New recovery codes
              </Button>
              <Button tone="danger" busy={remove.isPending} onClick={() => void confirmed(() => remove.mutateAsync())}>
                Remove the app
              </Button>
            </>
          )}
        </div>
      </div>
      {dialog}
      {begin.data && (
        <SetUpDialog
          made={begin.data}
          onClose={begin.reset}
          onDone={(given) => {
            begin.reset();
            setCodes(given);
          }}
        />
      )}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  );
}

function SetUpDialog(props: {
  made: { secret: string; address: string };
  onClose: () => void;
  onDone: (codes: readonly string[]) => void;
}) {
  const finish = useFinishApp();
  const [code, setCode] = useState("");
  const fields = finish.error instanceof ApiProblem ? finish.error.fields : {};
  const send = () => finish.mutate(code.trim(), { onSuccess: (done) => props.onDone(done.codes) });
  return (
    <Dialog open onClose={props.onClose} title="Set up an app" about="Scan this with the app, then type what it shows.">
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <div className="flex justify-center">
            <Qr text={props.made.address} label="QR code for an authenticator app" />
          </div>
          <Field label="Or type this key into the app" hint="It is not shown again.">
            {(tied) => <TextInput {...tied} readOnly className="figures" value={props.made.secret} />}
          </Field>
          <Field label="Code" error={fields.code}>
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                inputMode="numeric"
                autoComplete="one-time-code"
                className="figures"
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
          {finish.error && !fields.code && <ErrorNote error={finish.error} />}
        </DialogBody>
        <DialogFoot>
          <Button tone="go" type="submit" busy={finish.isPending} disabled={code.trim().length < 6}>
            Ask for codes from now on
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}

function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog
      open
      firm
      onClose={onClose}
      title="Recovery codes"
      about="Each stands in for the app once. Keep them where you keep papers; they are not shown again."
    >
      <DialogBody>
        <ul className="flex flex-col gap-1 rounded-md bg-sunken p-3 font-mono text-sm [overflow-wrap:anywhere]">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </DialogBody>
      <DialogFoot>
        <Button tone="go" onClick={onClose}>
          I have kept them
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
