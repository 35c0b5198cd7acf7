// Where nothing can be corrected: take the post down first, and once it is gone post the same content with new words.
import { useQuery } from "@tanstack/react-query";
import { contentQuery } from "@/api/contents";
import { usePostVerb } from "@/api/posts";
import type { Post } from "@/api/shapes";
import { showHashtags } from "@/lib/hashtags";
import { Confirm } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { PublishDialog } from "./PublishDialog";

/** The words that are meant; `agreed` once the take-down was asked for. */
export interface Again {
  caption: string;
  agreed: boolean;
}

interface Props {
  post: Post;
  again: Again;
  onChange: (change: (before: Again | null) => Again | null) => void;
}

export function PostAgain({ post, again, onChange }: Props) {
  const act = usePostVerb();
  const close = () => onChange(() => null);
  if (post.state === "removed") return <Dialog post={post} caption={again.caption} onClose={close} />;
  return (
    <Confirm
      open={!again.agreed}
      onClose={() => onChange((before) => (before?.agreed ? before : null))}
      title="Take it down and post it again?"
      about={`It is taken down from ${post.account.name}, and its likes and replies go with it. Once it is gone you can post the same video there with the new words; until then nothing goes out.`}
      verb="Take it down"
      tone="danger"
      act={async () => {
        await act.mutateAsync({ id: post.id, verb: "take-down" });
        onChange((before) => before && { ...before, agreed: true });
      }}
    />
  );
}

function Dialog({ post, caption, onClose }: { post: Post; caption: string; onClose: () => void }) {
  const content = useQuery(contentQuery(post.content.id));
  if (content.error) return <ErrorNote error={content.error} onRetry={() => void content.refetch()} />;
  if (!content.data) return null;
  return (
    <PublishDialog
      open
      content={content.data}
      account={post.account.id}
      words={{ caption, tags: showHashtags(post.hashtags) }}
      timing="now"
      onClose={onClose}
    />
  );
}
