// One line of the call board: when, in what state, what, and the one button that moves it on.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import type { ReactNode } from "react";
import { useScope } from "@/api/scope";
import type { Content, Post } from "@/api/shapes";
import { left } from "@/lib/moments";
import { counted } from "@/lib/numbers";
import { ClientTag } from "@/ui/ClientTag";
import { Thumb } from "@/ui/Portrait";
import { Progress } from "@/ui/Progress";
import { State } from "@/ui/State";
import { contentState, postState } from "@/ui/states";
import { Time } from "@/ui/Time";

interface RowProps {
  thumb: string | null;
  link: ReactNode;
  state: ReactNode;
  when: ReactNode;
  who: ReactNode;
  below?: ReactNode;
  act?: ReactNode;
}

function Row({ thumb, link, state, when, who, below, act }: RowProps) {
  return (
    <li className="flex items-center gap-3 border-b py-2.5 last:border-b-0">
      <Thumb src={thumb} className="w-8 rounded-sm" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        {link}
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 text-sm text-ink-3">
          <span className="flex flex-wrap items-center gap-x-2">
            {state}
            {when}
          </span>
          <span className="flex min-w-0 items-center gap-x-2">{who}</span>
        </div>
        {below}
      </div>
      {act}
    </li>
  );
}

const title = "line-clamp-2 min-w-0 font-medium hover:underline md:line-clamp-1";

export function ContentRow({ content, act }: { content: Content; act?: ReactNode }) {
  const going = content.progress;
  const running = contentState(content.status).kind === "run";
  const link = running ? (
    <Link data-row dir="auto" className={title} to="/make/$contentId" params={{ contentId: content.id }}>
      {content.topic}
    </Link>
  ) : (
    <Link data-row dir="auto" className={title} to="/review" search={{ content: content.id }}>
      {content.topic}
    </Link>
  );
  return (
    <Row
      thumb={content.thumbnail_url}
      link={link}
      state={<State bare told={contentState(content.status)} />}
      when={running ? <span className="figures">{left(going?.eta_seconds)}</span> : <Time at={content.updated_at} />}
      who={
        <>
          <span dir="auto" className="max-w-48 truncate">
            {content.character.name}
          </span>
          <ClientTag id={content.client_id} />
        </>
      }
      below={
        running ? (
          <Progress className="mt-1 max-w-80" fraction={going?.fraction ?? 0} label={`Making ${content.topic}`} />
        ) : (
          content.error && <p className="line-clamp-2 text-sm text-broken">{content.error}</p>
        )
      }
      act={act}
    />
  );
}

export function PostRow({ post, act }: { post: Post; act?: ReactNode }) {
  const { clientOf } = useScope();
  const out = post.state === "published";
  return (
    <Row
      thumb={post.content.thumbnail_url}
      link={
        out ? (
          <Link data-row dir="auto" className={title} to="/insights" search={{ post: post.id }}>
            {post.content.title || post.content.topic}
          </Link>
        ) : (
          <Link data-row dir="auto" className={title} to="/calendar" search={{ post: post.id }}>
            {post.content.title || post.content.topic}
          </Link>
        )
      }
      state={out ? <Views post={post} /> : <State bare told={postState(post.state)} />}
      when={<Time at={post.posted_at ?? post.due_at ?? ""} clientZone={clientOf(post.client_id)?.zone} />}
      who={
        <>
          <span dir="auto" className="max-w-48 truncate">
            {post.account.name}
          </span>
          <ClientTag id={post.client_id} />
        </>
      }
      below={
        post.state_reason &&
        !out && (
          <p className={clsx("line-clamp-2 text-sm", post.state === "failed" ? "text-broken" : "text-ink-2")}>
            {post.state_reason}
          </p>
        )
      }
      act={act}
    />
  );
}

function Views({ post }: { post: Post }) {
  return <span className="figures font-medium text-ink">{counted(post.views, "view")}</span>;
}
