// Other words for a post that is out, as its platform will show them; where it takes none, the way round.
import { useState } from "react";
import { useCorrectPost } from "@/api/posts";
import { ApiProblem, isStatus } from "@/api/problem";
import type { Post } from "@/api/shapes";
import { showHashtags } from "@/lib/hashtags";
import { platformName } from "@/lib/platforms";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextArea } from "@/ui/Field";
import { say } from "@/ui/Toast";
import { PreviewPart } from "./PreviewPart";

interface Props {
  post: Post;
  onDone: () => void;
  /** Take it down, and post it again with these words. */
  onAgain: (caption: string) => void;
}

export function CorrectForm({ post, onDone, onAgain }: Props) {
  const correct = useCorrectPost();
  const last = post.corrections.at(-1);
  const [caption, setCaption] = useState(() =>
    last && (last.state === "failed" || last.state === "unknown") ? last.after : post.caption,
  );
  const able = post.corrects.includes("text");
  const fields = correct.error instanceof ApiProblem ? correct.error.fields : {};
  const send = () => {
    if (!able) return onAgain(caption);
    correct.mutate(
      { id: post.id, version: post.version, caption },
      {
        onSuccess: () => {
          say(`Being corrected on ${post.account.name}.`);
          onDone();
        },
      },
    );
  };
  return (
    <form
      noValidate
      aria-label="Correct"
      className="flex flex-col gap-3 rounded-md border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {!able && <p className="rounded-md bg-wait-soft px-3 py-2 text-wait">{post.corrects_not}.</p>}
      <Field
        label="Caption"
        hint={
          post.hashtags.length
            ? "Its hashtags and the line about AI stay as they are."
            : "The line about AI stays as it is."
        }
        error={fields.caption}
      >
        {(tied) => (
          <TextArea
            {...tied}
            name="caption"
            rows={4}
            autoFocus
            value={caption}
            onChange={(event) => setCaption(event.target.value)}
          />
        )}
      </Field>
      <PreviewPart
        content={post.content.id}
        account={post.account}
        common={{ caption, tags: showHashtags(post.hashtags) }}
        own={undefined}
      />
      {correct.error && !fields.caption && (
        <ErrorNote
          error={
            isStatus(correct.error, 412)
              ? "Somebody changed this post meanwhile; this is the new state. Try once more."
              : correct.error
          }
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button tone={able ? "go" : "danger"} type="submit" busy={correct.isPending}>
          {able ? `Correct it on ${platformName(post.account.platform)} now` : "Take down and post again"}
        </Button>
        <Button onClick={onDone}>Leave it</Button>
      </div>
    </form>
  );
}
