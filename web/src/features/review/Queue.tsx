// The videos to look at, longest waiting first, and what was decided lately.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import type { Content } from "@/api/shapes";
import { clock } from "@/lib/moments";
import { ClientTag } from "@/ui/ClientTag";
import { List } from "@/ui/List";
import { Thumb } from "@/ui/Portrait";
import { State } from "@/ui/State";
import { contentState } from "@/ui/states";
import { Time } from "@/ui/Time";

export function Queue({
  waiting,
  decided,
  current,
}: {
  waiting: readonly Content[];
  decided: readonly Content[];
  current: string | undefined;
}) {
  return (
    <List label="Videos">
      {waiting.length > 0 && <Heading>Waiting</Heading>}
      {waiting.map((one) => (
        <Row key={one.id} content={one} current={one.id === current} />
      ))}
      {decided.length > 0 && <Heading>Earlier</Heading>}
      {decided.map((one) => (
        <Row key={one.id} content={one} current={one.id === current} />
      ))}
    </List>
  );
}

function Heading({ children }: { children: string }) {
  return <li className="px-4 pt-3 pb-1 text-sm text-ink-3">{children}</li>;
}

function Row({ content, current }: { content: Content; current: boolean }) {
  return (
    <li>
      <Link
        data-row
        from="/review"
        to="/review"
        search={(before) => ({ ...before, content: content.id, publish: undefined })}
        aria-current={current}
        className={clsx("flex gap-3 px-4 py-2.5 -outline-offset-2", current ? "bg-pick-soft" : "hover:bg-hover")}
      >
        <Thumb src={content.thumbnail_url} className="w-9 rounded-sm" />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span dir="auto" className="line-clamp-2 font-medium">
            {content.topic}
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-sm text-ink-3">
            <State bare told={contentState(content.status)} />
            {content.duration !== null && <span className="figures">{clock(content.duration)}</span>}
            <Time at={content.updated_at} />
            <ClientTag id={content.client_id} />
          </span>
        </span>
      </Link>
    </li>
  );
}
