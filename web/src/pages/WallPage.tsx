// What do the phones show, and what shall they do?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PanelLeft } from "lucide-react";
import { useMemo, useState } from "react";
import { useLine } from "@/api/live";
import { Unreachable } from "@/api/problem";
import { useScope } from "@/api/scope";
import { wallPhonesQuery } from "@/api/wall";
import { countFilters, filtered, type Filters, numbered } from "@/features/phones/filters";
import { NoPhones } from "@/features/phones/NoPhones";
import { PhonesNav } from "@/features/phones/PhonesNav";
import { countWords } from "@/features/phones/wall/count";
import { MOST_PHONES } from "@/features/phones/wall/messages";
import type { Held } from "@/features/phones/wall/phones";
import { WallDesk } from "@/features/phones/wall/WallDesk";
import { counted } from "@/lib/numbers";
import { Button, IconButton } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Body, Page } from "@/ui/Page";
import { SkeletonTiles } from "@/ui/Skeleton";

export function WallPage() {
  const navigate = useNavigate({ from: "/phones" });
  const { clientId } = useScope();
  const { q, state, platform, tag, group, agent, on, large } = useSearch({ from: "/desk/phones" });
  const list = useQuery(wallPhonesQuery);
  const [panel, setPanel] = useState(true);
  const [held, setHeld] = useState<ReadonlyMap<string, Held>>(new Map());
  const all = useMemo(() => numbered(list.data ?? []), [list.data]);
  const filters: Filters = useMemo(
    () => ({ q, state, platform, tag, group, agent }),
    [q, state, platform, tag, group, agent],
  );
  const phones = useMemo(() => filtered(all, filters, clientId), [all, filters, clientId]);
  const filter = (next: Filters) =>
    void navigate({ search: (before) => ({ ...before, ...NO_FILTER, ...next }), replace: true });
  const shown = phones.slice(0, MOST_PHONES);
  const lost = useLine() === "lost" || list.error !== null;

  return (
    <Page
      title="Phones"
      answer={
        all.length > 0 &&
        (lost ? `${counted(all.length, "phone")} · not connected` : countWords(phones, all.length, held))
      }
      acts={
        <>
          <PhonesNav />
          {all.length > 0 && (
            <IconButton
              label={panel ? "Hide the panel" : "Show the panel"}
              icon={PanelLeft}
              aria-pressed={panel}
              className="max-md:hidden"
              onClick={() => setPanel(!panel)}
            />
          )}
        </>
      }
    >
      {list.error && !(all.length > 0 && list.error instanceof Unreachable) && (
        <ErrorNote className="m-4" error={list.error} onRetry={() => void list.refetch()} />
      )}
      {phones.length > shown.length && (
        <p className="shrink-0 border-b bg-wait-soft px-4 py-1.5 text-wait">
          The wall shows the first {MOST_PHONES} of {phones.length}. Narrow them down to see the others.
        </p>
      )}
      {list.isPending && (
        <Body>
          <SkeletonTiles tiles={10} className="grid grid-cols-2 gap-3 md:grid-cols-5" />
        </Body>
      )}
      {list.data && all.length === 0 && (
        <Body>
          <NoPhones
            others={0}
            hint={
              <>
                {" "}
                To look around first, start Greenroom with{" "}
                <code className="rounded-sm bg-sunken px-1 font-mono">./greenroom up --phones 2</code>: it brings two
                virtual ones.
              </>
            }
          />
        </Body>
      )}
      {all.length > 0 && (
        <WallDesk
          phones={shown}
          all={all}
          filters={filters}
          chosen={{ on, large }}
          panel={panel}
          onFilter={filter}
          onClient={(client) => void navigate({ search: (before) => ({ ...before, client }), replace: true })}
          onChosen={(next) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true })}
          onHeld={setHeld}
          empty={
            countFilters(filters) > 0 ? (
              <EmptyState
                picture="shelves"
                title="No phone is like that"
                act={<Button onClick={() => filter({})}>Show all</Button>}
              >
                {counted(all.length, "phone")} {all.length === 1 ? "is" : "are"} not shown.
              </EmptyState>
            ) : (
              <NoPhones others={all.length} />
            )
          }
        />
      )}
    </Page>
  );
}

const NO_FILTER: Filters = {
  q: undefined,
  state: undefined,
  platform: undefined,
  tag: undefined,
  group: undefined,
  agent: undefined,
};
