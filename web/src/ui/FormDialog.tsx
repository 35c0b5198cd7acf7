// A dialog that is one form: its fields, the way out, and the button that sends it. Enter sends it too.
import type { ReactNode } from "react";
import { Button, type Tone } from "./Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "./Dialog";
import { ErrorNote } from "./ErrorNote";

interface Props {
  title: ReactNode;
  /** One sentence under the title. */
  about?: ReactNode;
  /** What the button says that sends it. */
  verb: ReactNode;
  tone?: Tone;
  busy?: boolean;
  disabled?: boolean;
  /** What went wrong, where no field says it already. */
  error?: unknown;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog({ title, about, verb, tone = "go", busy, disabled, error, ...props }: Props) {
  return (
    <Dialog open onClose={props.onClose} title={title} about={about}>
      <DialogForm onSubmit={props.onSubmit}>
        <DialogBody className="flex flex-col gap-4">
          {props.children}
          {!!error && <ErrorNote error={error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={props.onClose}>Leave it</Button>
          <Button tone={tone} type="submit" busy={busy} disabled={disabled}>
            {verb}
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
