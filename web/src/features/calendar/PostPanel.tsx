// One post: when, where, with which words, what became of it; reschedule, cancel, publish now, correct, take down.
import { ChartLine, ExternalLink, PenLine, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type PostVerb, usePostVerb, usePublishAgain } from "@/api/posts";
import { type ApiProblem, isTwin } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Post } from "@/api/shapes";
import { showHashtags } from "@/lib/hashtags";
import { counted } from "@/lib/numbers";
import { Button, ButtonAway, ButtonLink } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Facts, Section } from "@/ui/Page";
import { Thumb } from "@/ui/Portrait";
import { State } from "@/ui/State";
import { postState } from "@/ui/states";
import { Time } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { Attempts } from "./Attempts";
import { CorrectionNote, Corrections } from "./Corrections";
import { Found } from "./Found";
import { movable } from "./place";
import { Reschedule } from "./Reschedule";

interface Props {
  post: Post;
  onClose: () => void;
  /** The form for other words, while the post is out. */
  correcting: (onDone: () => void) => ReactNode;
  onPostAgain: () => void;
}

export function PostPanel({ post, onClose, correcting, onPostAgain }: Props) {
  const { may, clientOf } = useScope();
  const [open, setOpen] = useState<"time" | "words" | null>(null);
  const clientZone = clientOf(post.client_id)?.zone ?? post.zone ?? "UTC";
  const can = may("publish", post.client_id);
  return (
    <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-5 p-4 lg:overflow-y-auto">
      <div className="flex items-start gap-3">
        <Thumb src={post.content.thumbnail_url} className="w-16 rounded-md" />
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
          <h2 dir="auto" className="line-clamp-4 text-lg font-semibold">
            {post.content.title || post.content.topic}
          </h2>
          <State told={postState(post.state)} />
        </div>
        <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
      </div>
      {post.state_reason && (
        <p
          dir="auto"
          className={
            post.state === "failed"
              ? "rounded-md bg-broken-soft px-3 py-2 text-broken"
              : "rounded-md bg-wait-soft px-3 py-2 text-wait"
          }
        >
          {post.state_reason}
        </p>
      )}
      {post.state === "published" && <CorrectionNote corrections={post.corrections} />}
      {can && post.state === "unknown" && <Found post={post} />}
      {open === "time" && <Reschedule post={post} clientZone={clientZone} onDone={() => setOpen(null)} />}
      {open === "words" && post.state === "published" && correcting(() => setOpen(null))}
      {can && (open === null || (open === "words" && post.state !== "published")) && (
        <Acts post={post} onMove={() => setOpen("time")} onCorrect={() => setOpen("words")} onAgain={onPostAgain} />
      )}
      <Facts
        rows={[
          [
            post.posted_at ? "Went out" : "Goes out",
            <Time key="t" at={post.posted_at ?? post.due_at ?? ""} clientZone={post.zone ?? clientZone} />,
          ],
          [
            "On",
            <span key="a" dir="auto">
              {post.account.name}
            </span>,
          ],
          // Readers are counted on our own pages alone.
          ...(post.state === "published" && post.account.platform === "page"
            ? ([["So far", `${counted(post.views, "view")}, ${counted(post.clicks, "click")}`]] as const)
            : []),
          ...(post.note
            ? ([
                [
                  "Note",
                  <span key="n" dir="auto">
                    {post.note}
                  </span>,
                ],
              ] as const)
            : []),
        ]}
      />
      <Section title="Caption">
        <p dir="auto" className="border-t pt-2 whitespace-pre-wrap">
          {post.caption || "none"}
        </p>
        <p dir="auto" className="text-ink-2">
          {showHashtags(post.hashtags)}
        </p>
      </Section>
      {post.corrections.length > 0 && <Corrections corrections={post.corrections} />}
      {post.attempts.length > 0 && <Attempts attempts={post.attempts} />}
    </div>
  );
}

interface Ask {
  verb: PostVerb;
  button: string;
  title: string;
  about: ReactNode;
  says: string;
}

interface ActsProps {
  post: Post;
  onMove: () => void;
  onCorrect: () => void;
  onAgain: () => void;
}

function Acts({ post, onMove, onCorrect, onAgain }: ActsProps) {
  const [ask, setAsk] = useState<Ask | null>(null);
  const [twin, setTwin] = useState<ApiProblem | null>(null);
  const act = usePostVerb();
  const publishAgain = usePublishAgain();
  const waits = movable(post) || post.state === "failed";
  const publish: Ask = {
    verb: "publish",
    button: "Publish to 1 account now",
    title: "Publish now?",
    about: `It goes out on ${post.account.name} at once, for everybody to see.`,
    says: "On its way out.",
  };
  const cancel: Ask = {
    verb: "cancel",
    button: "Cancel this post",
    title: "Cancel this post?",
    about: "It does not go out. The video stays approved and can be scheduled again.",
    says: "Cancelled.",
  };
  const down: Ask = {
    verb: "take-down",
    button: "Take it down",
    title: "Take this post down?",
    about: "Its page then says that it is gone, and it leaves the feeds. It cannot be put back at the same address.",
    says: "Taken down.",
  };
  return (
    <div className="flex flex-wrap gap-2">
      {waits && <Button onClick={onMove}>Reschedule</Button>}
      {waits && (
        <Button onClick={() => setAsk(publish)}>{post.state === "failed" ? "Try again now" : "Publish now"}</Button>
      )}
      {waits && (
        <Button tone="danger" onClick={() => setAsk(cancel)}>
          Cancel
        </Button>
      )}
      {post.permalink && post.state === "published" && (
        <ButtonAway icon={ExternalLink} href={post.permalink}>
          Open it
        </ButtonAway>
      )}
      {post.state === "published" && (
        <ButtonLink icon={ChartLine} to="/insights" search={{ post: post.id }}>
          Numbers
        </ButtonLink>
      )}
      {post.state === "published" && (
        <Button
          icon={PenLine}
          disabled={post.corrections.some((one) => one.state === "correcting")}
          onClick={onCorrect}
        >
          Correct
        </Button>
      )}
      {post.state === "removed" && <Button onClick={onAgain}>Post again</Button>}
      {post.state === "published" && (
        <Button tone="danger" onClick={() => setAsk(down)}>
          Take down
        </Button>
      )}
      <ButtonLink tone="quiet" to="/review" search={{ content: post.content.id }}>
        See the video
      </ButtonLink>
      <Confirm
        open={ask !== null}
        onClose={() => setAsk(null)}
        title={ask?.title ?? ""}
        about={ask?.about}
        verb={ask?.button ?? ""}
        tone={ask?.verb === "publish" ? "go" : "danger"}
        act={async () => {
          if (!ask) return;
          try {
            await act.mutateAsync({ id: post.id, verb: ask.verb });
            say(ask.says);
          } catch (error) {
            if (ask.verb !== "publish" || !isTwin(error)) throw error;
            setTwin(error);
          }
        }}
      />
      <Confirm
        open={twin !== null}
        onClose={() => setTwin(null)}
        title="Publish the same again?"
        about={twin?.message}
        verb={`Publish it on ${post.account.name} nonetheless`}
        tone="go"
        act={async () => {
          await publishAgain.mutateAsync({ id: post.id, version: post.version });
          say(publish.says);
        }}
      />
    </div>
  );
}
