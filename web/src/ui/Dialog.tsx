// Windows over the page: a dialog in the middle (a sheet from below on a phone). Only for what can't be undone
// or needs its own form.
import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button, type Tone } from "./Button";
import { ErrorNote } from "./ErrorNote";

interface Props {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** One sentence under the title. */
  about?: ReactNode;
  wide?: boolean;
  /** May not be closed by Escape, the cross or a click beside it. */
  firm?: boolean;
  children?: ReactNode;
}

export function Dialog({ open, onClose, title, about, wide = false, firm = false, children }: Props) {
  const hold = (event: Event) => firm && event.preventDefault();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            // The first Tab then leads to the first field; a field that wants the focus itself has it already.
            event.preventDefault();
            const self = event.currentTarget as HTMLElement;
            if (!self.contains(document.activeElement)) self.focus();
          }}
          onEscapeKeyDown={hold}
          onInteractOutside={hold}
          className={clsx(
            "fixed z-40 flex max-h-[92dvh] animate-appear flex-col border bg-surface shadow-float focus-visible:outline-none",
            "inset-x-0 bottom-0 rounded-t-lg",
            "md:inset-auto md:top-1/2 md:left-1/2 md:max-h-[88dvh] md:w-full md:-translate-x-1/2 md:-translate-y-1/2 md:rounded-lg",
            wide ? "md:max-w-3xl" : "md:max-w-lg",
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-1">
            <div className="min-w-0">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {about && <p className="text-ink-2">{about}</p>}
            </div>
            {!firm && (
              <Radix.Close asChild>
                <Button tone="quiet" small icon={X} aria-label="Close" />
              </Radix.Close>
            )}
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DialogBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={clsx("scroll-quiet min-h-0 flex-1 overflow-y-auto px-5 py-3", className)}>{children}</div>;
}

export function DialogFoot({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </footer>
  );
}

/** A dialog whose body is a form; Enter sends it. */
export function DialogForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={send} noValidate className="flex min-h-0 flex-1 flex-col">
      {children}
    </form>
  );
}

/** Asks before an act that can't be undone. `verb` names exactly what will happen. */
export function Confirm(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  about: ReactNode;
  verb: string;
  tone?: Tone;
  act: () => Promise<unknown>;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      await props.act();
      props.onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <DialogBody className="flex flex-col gap-3">
        <div className="text-ink-2">{props.about}</div>
        {error !== null && <ErrorNote error={error} />}
      </DialogBody>
      <DialogFoot>
        <Button onClick={props.onClose}>Keep as it is</Button>
        <Button tone={props.tone ?? "danger"} busy={busy} onClick={run}>
          {props.verb}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
