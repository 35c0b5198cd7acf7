// Which app to open on the phones.
import { useId, useState } from "react";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { Field, TextInput } from "@/ui/Field";

interface Props {
  on: string;
  /** Apps that were seen in front of phones. */
  known: readonly string[];
  onSend: (app: string) => void;
  onClose: () => void;
}

export function LaunchDialog({ on, known, onSend, onClose }: Props) {
  const list = useId();
  const [app, setApp] = useState("");
  const send = () => {
    if (!app.trim()) return;
    onSend(app.trim());
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Open an app on ${on}`}>
      <DialogForm onSubmit={send}>
        <DialogBody>
          <Field label="App" hint="Its package on Android, its bundle on an iPhone: com.example.shop.">
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                list={list}
                autoCapitalize="off"
                autoComplete="off"
                spellCheck={false}
                value={app}
                onChange={(event) => setApp(event.target.value)}
              />
            )}
          </Field>
          <datalist id={list}>
            {known.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="go" disabled={!app.trim()}>
            Open
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
