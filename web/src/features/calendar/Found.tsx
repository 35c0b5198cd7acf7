// Nobody knows whether this post went out: a person looks at the account and says so.
import { useState } from "react";
import { useResolvePost } from "@/api/posts";
import { ApiProblem } from "@/api/problem";
import type { Post } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextInput } from "@/ui/Field";
import { say } from "@/ui/Toast";

export function Found({ post }: { post: Post }) {
  const resolve = useResolvePost();
  const [permalink, setPermalink] = useState("");
  const fields = resolve.error instanceof ApiProblem ? resolve.error.fields : {};
  const tell = (published: boolean) =>
    resolve.mutate(
      { id: post.id, published, permalink: published ? permalink.trim() || undefined : undefined },
      { onSuccess: () => say(published ? "Kept as published." : "Kept as not published. It can be tried again.") },
    );
  return (
    <div className="flex flex-col gap-3 rounded-md border p-3">
      <p>
        Look at <span dir="auto">{post.account.name}</span>: is this post there?
      </p>
      <Field label="Its address, if you have it" error={fields.permalink}>
        {(tied) => (
          <TextInput {...tied} type="url" value={permalink} onChange={(event) => setPermalink(event.target.value)} />
        )}
      </Field>
      {resolve.error && <ErrorNote error={resolve.error} />}
      <div className="flex flex-wrap gap-2">
        <Button tone="go" busy={resolve.isPending} onClick={() => tell(true)}>
          It is there
        </Button>
        <Button disabled={resolve.isPending} onClick={() => tell(false)}>
          It is not there
        </Button>
      </div>
    </div>
  );
}
