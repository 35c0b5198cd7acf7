// Connect an account again: with a new app password, or on its server. Another account's is refused.
import { useState } from "react";
import { useBeginReconnect, useReconnectAccount } from "@/api/accounts";
import { ApiProblem } from "@/api/problem";
import type { Account } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/Toast";

export function ReconnectDialog(props: { account: Account; onClose: () => void }) {
  return props.account.platform === "mastodon" ? <SignInThere {...props} /> : <GivePassword {...props} />;
}

function SignInThere({ account, onClose }: { account: Account; onClose: () => void }) {
  const leave = useBeginReconnect();
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Reconnect ${account.name}`}
      about="You sign in on its server as this account and come back; what is planned for it stays planned."
    >
      {leave.error && (
        <DialogBody>
          <ErrorNote error={leave.error} />
        </DialogBody>
      )}
      <DialogFoot>
        <Button onClick={onClose}>Leave it</Button>
        <Button
          tone="go"
          busy={leave.isPending}
          onClick={() => leave.mutate(account.id, { onSuccess: ({ address }) => window.location.assign(address) })}
        >
          Sign in there
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function GivePassword({ account, onClose }: { account: Account; onClose: () => void }) {
  const reconnect = useReconnectAccount();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const fields = reconnect.error instanceof ApiProblem ? reconnect.error.fields : {};
  const send = () => {
    setTried(true);
    if (!password) return;
    reconnect.mutate(
      { id: account.id, password },
      {
        onSuccess: () => {
          say(`${account.name} is connected.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onClose={onClose} title={`Reconnect ${account.name}`}>
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field
            label="App password"
            hint="A new one of the same account; what is planned for it stays planned."
            error={(tried && !password ? "Paste the app password." : null) ?? fields.password}
          >
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                type="password"
                autoComplete="off"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          {reconnect.error && !fields.password && <ErrorNote error={reconnect.error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={reconnect.isPending}>
            Reconnect
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
