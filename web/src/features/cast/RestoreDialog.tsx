// Brings an earlier version back, as a change of today with its reason.
import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useRestoreVersion } from "@/api/versions";
import { isStatus } from "@/api/problem";
import type { Character } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextArea } from "@/ui/Field";
import { say } from "@/ui/Toast";

interface Props {
  character: Character;
  number: number;
  onClose: () => void;
  onDone: () => void;
}

export function RestoreDialog({ character, number, onClose, onDone }: Props) {
  const cache = useQueryClient();
  const restore = useRestoreVersion("character", character.id, ["character", "characters"]);
  const [reason, setReason] = useState("");
  const stale = isStatus(restore.error, 412);
  const send = () =>
    restore.mutate(
      { number, version: character.version, reason: reason.trim() },
      {
        onSuccess: () => {
          say(`Version ${number} is back.`);
          onDone();
        },
      },
    );
  const look = () => {
    void cache.invalidateQueries({ queryKey: ["character", character.id] });
    void cache.invalidateQueries({ queryKey: ["versions", character.id] });
    onClose();
  };
  return (
    // It stands inside the character's form, which must not hear that this one is sent.
    <div className="contents" onSubmit={(event) => event.stopPropagation()}>
      <Dialog
        open
        onClose={onClose}
        title={`Restore version ${number}?`}
        about="The character says again what it said then, as a new version. Nothing that was kept is lost."
      >
        <DialogForm onSubmit={send}>
          <DialogBody className="flex flex-col gap-4">
            <Field label="Why" hint="Stands in the list of versions and in the audit trail.">
              {(tied) => (
                <TextArea
                  {...tied}
                  autoFocus
                  rows={2}
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
            {restore.error && (
              <ErrorNote
                error={stale ? "Somebody changed this character meanwhile. Nothing was restored." : restore.error}
              >
                {stale && (
                  <Button small onClick={look}>
                    Look again
                  </Button>
                )}
              </ErrorNote>
            )}
          </DialogBody>
          <DialogFoot>
            <Button onClick={onClose}>Keep as it is</Button>
            <Button tone="go" type="submit" busy={restore.isPending}>
              Restore version {number}
            </Button>
          </DialogFoot>
        </DialogForm>
      </Dialog>
    </div>
  );
}
