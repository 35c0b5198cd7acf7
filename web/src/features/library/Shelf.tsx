// Everything made, as a grid of thumbnails.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import type { Content } from "@/api/shapes";
import { clock } from "@/lib/moments";
import { ClientTag } from "@/ui/ClientTag";
import { Tiles } from "@/ui/List";
import { Thumb } from "@/ui/Portrait";
import { Progress } from "@/ui/Progress";
import { State } from "@/ui/State";
import { contentState } from "@/ui/states";
import { Time } from "@/ui/Time";

export function Shelf({ contents, current }: { contents: readonly Content[]; current: string | undefined }) {
  return (
    <Tiles label="Videos" className="grid-cols-[repeat(auto-fill,minmax(9rem,1fr))]">
      {contents.map((one) => (
        <Tile key={one.id} content={one} current={one.id === current} />
      ))}
    </Tiles>
  );
}

function Tile({ content, current }: { content: Content; current: boolean }) {
  const told = contentState(content.status);
  return (
    <li className="min-w-0">
      <Link
        data-row
        from="/library"
        to="/library"
        search={(before) => ({ ...before, item: content.id })}
        aria-current={current}
        className="group flex flex-col gap-1.5 rounded-md"
      >
        <span
          className={clsx(
            "relative block overflow-hidden rounded-md",
            current && "outline-2 outline-offset-2 outline-pick",
          )}
        >
          <Thumb src={content.thumbnail_url} className="w-full rounded-md" />
          {content.duration !== null && (
            <span className="figures absolute right-1.5 bottom-1.5 rounded-sm bg-black/75 px-1 text-xs leading-5 text-white">
              {clock(content.duration)}
            </span>
          )}
          {told.kind === "run" && (
            <Progress
              className="absolute inset-x-2 bottom-2"
              fraction={content.progress?.fraction ?? 0}
              label={`Making ${content.topic}`}
            />
          )}
        </span>
        <span className="flex min-w-0 flex-col">
          <span dir="auto" className="line-clamp-2 font-medium group-hover:underline">
            {content.topic}
          </span>
          <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-sm text-ink-3">
            <State bare told={told} />
            <Time at={content.created_at} />
          </span>
          <span className="flex min-w-0 text-sm text-ink-3">
            <ClientTag id={content.client_id} />
          </span>
        </span>
      </Link>
    </li>
  );
}
