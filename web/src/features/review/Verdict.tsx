// The decision: approve, or send back with a note and the place it is about.
import { Check, Undo2 } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useReview } from "@/api/contents";
import { isStatus } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { ContentDetail } from "@/api/shapes";
import { isTyping, underDialog } from "@/lib/listKeys";
import { place } from "@/lib/moments";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot, DialogForm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Field, TextArea } from "@/ui/Field";
import type { PlayerHandle } from "@/ui/Player";
import { say } from "@/ui/Toast";
import { Tip } from "@/ui/Tooltip";

interface Props {
  content: ContentDetail;
  player: RefObject<PlayerHandle | null>;
  onApproved: () => void;
}

export function Verdict({ content, player, onApproved }: Props) {
  const { may } = useScope();
  const review = useReview();
  const [sending, setSending] = useState<number | null>(null);
  const blocked = content.checks.filter((check) => check.level === "block" && !check.ok);
  const allowed = may("approve", content.client_id);
  const can = allowed && blocked.length === 0 && !review.isPending && !review.isSuccess;

  const approve = () => {
    if (!can) return;
    review.mutate(
      { id: content.id, version: content.version, decision: "approve", note: "" },
      { onSuccess: onApproved },
    );
  };
  useVerdictKeys({ approve, sendBack: () => allowed && setSending(player.current?.time() ?? 0) });

  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Tip text="Approve" keys="A">
          <Button tone="go" icon={Check} busy={review.isPending} disabled={!can} onClick={approve}>
            Approve
          </Button>
        </Tip>
        <Tip text="Send back with a note" keys="B">
          <Button icon={Undo2} disabled={!allowed} onClick={() => setSending(player.current?.time() ?? 0)}>
            Send back
          </Button>
        </Tip>
      </div>
      {blocked.length > 0 && (
        <p className="text-sm text-broken">
          {counted(blocked.length, "check")} {blocked.length === 1 ? "blocks" : "block"} it:{" "}
          {blocked.map((check) => check.title).join(", ")}. Edit the script, then it is made again.
        </p>
      )}
      {!allowed && <p className="text-sm text-ink-3">You may look, but somebody with the right to approve decides.</p>}
      {review.error && (
        <ErrorNote
          error={
            isStatus(review.error, 412, 409)
              ? "It was changed meanwhile; this is the new state. Look again, then decide."
              : review.error
          }
        />
      )}
      {sending !== null && <SendBack content={content} at={sending} onClose={() => setSending(null)} />}
    </div>
  );
}

function SendBack({ content, at, onClose }: { content: ContentDetail; at: number; onClose: () => void }) {
  const review = useReview();
  const [note, setNote] = useState("");
  const [marked, setMarked] = useState(at > 0.2);
  const [tried, setTried] = useState(false);
  const send = () => {
    setTried(true);
    if (!note.trim()) return;
    review.mutate(
      {
        id: content.id,
        version: content.version,
        decision: "changes",
        note: note.trim(),
        at_seconds: marked ? Math.round(at * 100) / 100 : null,
      },
      {
        onSuccess: () => {
          say("Sent back with your note.");
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Send it back"
      about="Whoever made it sees your note, and can edit the script."
    >
      <DialogForm onSubmit={send}>
        <DialogBody className="flex flex-col gap-4">
          <Field label="What has to change?" error={tried && !note.trim() ? "Say what has to change." : null}>
            {(tied) => (
              <TextArea
                {...tied}
                autoFocus
                name="note"
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <Checkbox
            checked={marked}
            onChange={(event) => setMarked(event.target.checked)}
            label={<span className="figures">It is about the place at {place(at)}</span>}
          />
          {review.error && <ErrorNote error={review.error} />}
        </DialogBody>
        <DialogFoot>
          <Button onClick={onClose}>Keep looking</Button>
          <Button tone="go" type="submit" busy={review.isPending}>
            Send back
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}

function useVerdictKeys(acts: { approve: () => void; sendBack: () => void }) {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.repeat || underDialog()) return;
      if (event.key === "a" || event.key === "A") latest.current.approve();
      else if (event.key === "b" || event.key === "B") latest.current.sendBack();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
