// A code for a new agent: its name, then the code, once, with the two commands and the time that is left.
import { useEffect, useState } from "react";
import { type AgentCode, useMakeAgent } from "@/api/inventory";
import { ApiProblem } from "@/api/problem";
import { clock } from "@/lib/moments";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { CopyLine } from "./CopyLine";

export function CodeDialog({ onClose }: { onClose: () => void }) {
  const make = useMakeAgent();
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const fields = make.error instanceof ApiProblem ? make.error.fields : {};
  const send = () => {
    setTried(true);
    if (name.trim()) make.mutate({ name: name.trim() });
  };
  if (make.data) return <Made made={make.data} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title="A new agent"
      about="An agent is the program on the computer that the phones are plugged into. It dials out; no port has to be open."
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field
            label="Name"
            hint="Where it stands, so that you know it again."
            error={(tried && !name.trim() ? "Say where it stands." : null) ?? fields.name}
          >
            {(tied) => (
              <TextInput
                {...tied}
                autoFocus
                maxLength={120}
                placeholder="Shelf 1"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          {make.error && !fields.name && <ErrorNote error={make.error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="go" type="submit" busy={make.isPending}>
            Make a code
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}

function Made({ made, onClose }: { made: AgentCode; onClose: () => void }) {
  const left = useSecondsTo(made.expires_at);
  return (
    <Dialog open firm onClose={onClose} title={`The code for ${made.agent.name}`}>
      <DialogBody className="flex flex-col gap-4">
        <p className="text-ink-2">
          Run these two on the computer with the phones. The code works once and is not shown again.
        </p>
        <p
          role="timer"
          aria-label="Time left"
          className={`figures text-lg font-semibold ${left > 0 ? "" : "text-broken"}`}
        >
          {left > 0 ? `${made.code} · ${clock(left)} left` : "This code is over; make a new one."}
        </p>
        <ol className="flex flex-col gap-3">
          <li className="flex flex-col gap-1">
            <span className="font-medium">1. Bind it to this organisation</span>
            <CopyLine name="the first command" line={`greenroom agent enrol ${location.origin} ${made.code}`} />
          </li>
          <li className="flex flex-col gap-1">
            <span className="font-medium">2. Keep it running</span>
            <CopyLine name="the second command" line="greenroom agent run" />
          </li>
        </ol>
      </DialogBody>
      <DialogFoot>
        <Button tone="go" onClick={onClose}>
          Done
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** Whole seconds until then, counted down each second. */
function useSecondsTo(at: string): number {
  const until = () => Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000));
  const [left, setLeft] = useState(until);
  useEffect(() => {
    const timer = setInterval(() => setLeft(until()), 1000);
    return () => clearInterval(timer);
  });
  return left;
}
