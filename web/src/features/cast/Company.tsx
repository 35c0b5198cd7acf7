// The cast as a grid of faces.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import type { Character } from "@/api/shapes";
import { ClientTag } from "@/ui/ClientTag";
import { Tiles } from "@/ui/List";
import { Portrait } from "@/ui/Portrait";
import { Badge } from "@/ui/State";

export function Company({ characters, current }: { characters: readonly Character[]; current: string | undefined }) {
  return (
    <Tiles label="Characters" className="grid-cols-[repeat(auto-fill,minmax(9rem,1fr))]">
      {characters.map((one) => (
        <li key={one.id} className="min-w-0">
          <Link
            data-row
            from="/cast"
            to="/cast"
            search={(before) => ({ ...before, character: one.id })}
            aria-current={one.id === current}
            className="group flex flex-col gap-2 rounded-md"
          >
            <Portrait
              src={one.portrait_url}
              className={clsx(
                "aspect-square w-full rounded-md",
                one.id === current && "outline-2 outline-offset-2 outline-pick",
              )}
            />
            <span className="flex min-w-0 flex-col">
              <span dir="auto" className="line-clamp-2 font-medium group-hover:underline">
                {one.name}
              </span>
              <span className="truncate text-sm text-ink-3">@{one.handle}</span>
              <span className="flex flex-wrap items-center gap-2 pt-1 text-sm text-ink-3">
                <Badge>{one.disclosure.label}</Badge>
                <ClientTag id={one.client_id} />
              </span>
            </span>
          </Link>
        </li>
      ))}
    </Tiles>
  );
}
