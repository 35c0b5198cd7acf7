// The call board: what waits, what went wrong, what runs, what goes out next, what is out.
import { useState } from "react";
import { useRetryContent } from "@/api/contents";
import { usePostVerb } from "@/api/posts";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Post } from "@/api/shapes";
import { Button, ButtonLink } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { List } from "@/ui/List";
import { Section } from "@/ui/Page";
import { say, sayBroken } from "@/ui/Toast";
import { ContentRow, PostRow } from "./BoardRow";
import type { Board, Entry } from "./sort";

const SHOWN = 6;

export function CallBoard({ board }: { board: Board }) {
  const [going, setGoing] = useState<Post | null>(null);
  const publish = usePostVerb();
  return (
    <div className="grid gap-x-10 gap-y-7 xl:grid-cols-[7fr_5fr]">
      <div className="flex min-w-0 flex-col gap-7">
        <Part title="Went wrong" entries={board.wrong} onPublish={setGoing} />
        <Part
          title="Waits for you"
          entries={board.waits}
          onPublish={setGoing}
          empty="Nothing waits. Make something, or take a break."
        />
      </div>
      <div className="flex min-w-0 flex-col gap-7">
        <Part title="Running" entries={board.running} onPublish={setGoing} />
        <Part title="Goes out next" entries={board.next} onPublish={setGoing} empty="Nothing is planned." />
        <Part
          title="Just published"
          entries={board.out}
          onPublish={setGoing}
          empty="Nothing yet. Its views will stand here."
        />
      </div>
      <Confirm
        open={going !== null}
        onClose={() => setGoing(null)}
        title="Publish now?"
        about={
          going &&
          `“${going.content.title || going.content.topic}” goes out on ${going.account.name} at once, for everybody to see.`
        }
        verb="Publish to 1 account now"
        tone="go"
        act={async () => {
          if (!going) return;
          await publish.mutateAsync({ id: going.id, verb: "publish" });
          say("On its way out.");
        }}
      />
    </div>
  );
}

function Part(props: { title: string; entries: readonly Entry[]; empty?: string; onPublish: (post: Post) => void }) {
  const [all, setAll] = useState(false);
  if (props.entries.length === 0 && !props.empty) return null;
  const shown = all ? props.entries : props.entries.slice(0, SHOWN);
  return (
    <Section title={props.title} count={props.entries.length || undefined}>
      {props.entries.length === 0 ? (
        <p className="border-t py-3 text-ink-3">{props.empty}</p>
      ) : (
        <List label={props.title} className="border-t">
          {shown.map((entry) =>
            entry.kind === "content" ? (
              <ContentRow key={entry.content.id} content={entry.content} act={<ContentAct entry={entry} />} />
            ) : (
              <PostRow
                key={entry.post.id}
                post={entry.post}
                act={<PostAct post={entry.post} onPublish={props.onPublish} />}
              />
            ),
          )}
        </List>
      )}
      {shown.length < props.entries.length && (
        <Button tone="quiet" small onClick={() => setAll(true)}>
          Show {props.entries.length - shown.length} more
        </Button>
      )}
    </Section>
  );
}

function ContentAct({ entry }: { entry: Extract<Entry, { kind: "content" }> }) {
  const { content } = entry;
  const { may } = useScope();
  const retry = useRetryContent();
  if (content.status === "review") {
    return (
      <ButtonLink small tone="go" to="/review" search={{ content: content.id }}>
        Review
      </ButtonLink>
    );
  }
  if (content.status === "approved" && may("publish", content.client_id)) {
    return (
      <ButtonLink small tone="go" to="/review" search={{ content: content.id, publish: true }}>
        Schedule
      </ButtonLink>
    );
  }
  if (content.status === "rejected") {
    return (
      <ButtonLink small to="/review" search={{ content: content.id, tab: "script" }}>
        Edit
      </ButtonLink>
    );
  }
  if (content.status === "failed" && may("make", content.client_id)) {
    return (
      <Button
        small
        busy={retry.isPending}
        onClick={() => retry.mutate({ id: content.id }, { onError: (error) => sayBroken(sayError(error)) })}
      >
        Try again
      </Button>
    );
  }
  return (
    <ButtonLink small to="/make/$contentId" params={{ contentId: content.id }}>
      Watch
    </ButtonLink>
  );
}

function PostAct({ post, onPublish }: { post: Post; onPublish: (post: Post) => void }) {
  const { may } = useScope();
  if (post.state === "published") {
    return (
      <ButtonLink small tone="quiet" to="/insights" search={{ post: post.id }}>
        Numbers
      </ButtonLink>
    );
  }
  if (post.state === "unknown" || !may("publish", post.client_id)) {
    return (
      <ButtonLink small to="/calendar" search={{ post: post.id }}>
        {post.state === "unknown" ? "Decide" : "Open"}
      </ButtonLink>
    );
  }
  if (post.state === "claimed" || post.state === "publishing") return null;
  return (
    <Button small onClick={() => onPublish(post)}>
      {post.state === "failed" ? "Try again" : "Publish now"}
    </Button>
  );
}
