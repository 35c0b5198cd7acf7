// Where an approved video goes: its posts so far, and the button that adds one.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarPlus } from "lucide-react";
import { postsQuery } from "@/api/posts";
import type { ContentDetail } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { State } from "@/ui/State";
import { postState } from "@/ui/states";
import { Time } from "@/ui/Time";

export function Outgoing({ content, can, onPublish }: { content: ContentDetail; can: boolean; onPublish: () => void }) {
  const { data = [] } = useQuery(postsQuery({ content: content.id }));
  const posts = data.filter((post) => post.state !== "cancelled");
  return (
    <div className="flex flex-col items-start gap-2">
      {posts.length > 0 && (
        <ul aria-label="Where it goes" className="w-full border-t">
          {posts.map((post) => (
            <li key={post.id} className="flex flex-wrap items-center gap-x-3 border-b py-1.5 text-sm text-ink-3">
              <State bare told={postState(post.state)} />
              <Link
                dir="auto"
                to="/calendar"
                search={{ post: post.id }}
                className="min-w-0 truncate text-ink hover:underline"
              >
                {post.account.name}
              </Link>
              {(post.posted_at ?? post.due_at) && (
                <Time at={post.posted_at ?? post.due_at ?? ""} clientZone={post.zone ?? undefined} />
              )}
            </li>
          ))}
        </ul>
      )}
      <Button tone={posts.length ? "plain" : "go"} icon={CalendarPlus} disabled={!can} onClick={onPublish}>
        {posts.length ? "Publish it somewhere else too" : "Schedule or publish"}
      </Button>
    </div>
  );
}
