// Another time for a post, in the panel itself.
import { useState } from "react";
import { useChangePost } from "@/api/posts";
import { isStatus, isTwin } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Post } from "@/api/shapes";
import { tellWhen, whenFault } from "@/lib/when";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { useNow } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { WhenField } from "@/ui/WhenField";
import { standsAt } from "./place";

export function Reschedule({ post, clientZone, onDone }: { post: Post; clientZone: string; onDone: () => void }) {
  const { zone: viewer } = useScope();
  const now = useNow();
  const change = useChangePost();
  const [at, setAt] = useState(() => standsAt(post) ?? { wall: "", zone: clientZone });
  const [tried, setTried] = useState(false);
  const fault = whenFault(at, now);
  const send = (again?: true) =>
    change.mutate(
      { id: post.id, version: post.version, at, again },
      {
        onSuccess: () => {
          say(`Goes out ${tellWhen(at, viewer, now)}.`);
          onDone();
        },
      },
    );
  return (
    <form
      noValidate
      className="flex flex-col gap-3 rounded-md border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!fault) send();
      }}
    >
      <WhenField value={at} onChange={setAt} clientZone={clientZone} error={tried ? fault : null} />
      {change.error && (
        <ErrorNote
          error={
            isStatus(change.error, 412)
              ? "Somebody changed this post meanwhile; this is the new state. Try once more."
              : change.error
          }
        >
          {isTwin(change.error) && !fault && (
            <Button small onClick={() => send(true)}>
              Reschedule it nonetheless
            </Button>
          )}
        </ErrorNote>
      )}
      <div className="flex gap-2">
        <Button tone="go" type="submit" busy={change.isPending}>
          Reschedule
        </Button>
        <Button onClick={onDone}>Leave it</Button>
      </div>
    </form>
  );
}
