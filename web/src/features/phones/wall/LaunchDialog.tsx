// Which app to open on the phones.
import { useId, useState } from "react";
import { FormDialog } from "@/ui/FormDialog";
import { TextField } from "@/ui/TextField";

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
    <FormDialog title={`Open an app on ${on}`} verb="Open" disabled={!app.trim()} onSubmit={send} onClose={onClose}>
      <TextField
        label="App"
        hint="Its package on Android, its bundle on an iPhone: com.example.shop."
        autoFocus
        list={list}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        value={app}
        onChange={setApp}
      />
      <datalist id={list}>
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </FormDialog>
  );
}
