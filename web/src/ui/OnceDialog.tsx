// A window with something that is shown now and never again; only its button closes it.
import type { ReactNode } from "react";
import { Button } from "./Button";
import { Dialog, DialogBody, DialogFoot } from "./Dialog";

interface Props {
  title: string;
  /** What the button says. */
  done?: string;
  onClose: () => void;
  children: ReactNode;
}

export function OnceDialog({ title, done = "I have copied it", onClose, children }: Props) {
  return (
    <Dialog open firm onClose={onClose} title={title}>
      <DialogBody className="flex flex-col gap-4">{children}</DialogBody>
      <DialogFoot>
        <Button tone="go" onClick={onClose}>
          {done}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
