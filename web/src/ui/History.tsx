// What happened to one thing, the newest first, read on page by page.
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./Button";
import { ErrorNote } from "./ErrorNote";
import { Section } from "./Page";
import { SkeletonRows } from "./Skeleton";
import { State, type Told } from "./State";
import { Time } from "./Time";

export function History<Item extends { id: string }>(props: {
  /** What a screen reader calls the list. */
  label: string;
  list: UseInfiniteQueryResult<InfiniteData<{ items: readonly Item[] }>>;
  /** Says what will stand here. */
  empty: string;
  row: (item: Item) => ReactNode;
}) {
  const { list } = props;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="What happened">
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows rows={3} />}
      {list.data && items.length === 0 && <p className="text-sm text-ink-2">{props.empty}</p>}
      {items.length > 0 && (
        <ol aria-label={props.label}>
          {items.map((one) => (
            <li key={one.id} className="border-b py-2 last:border-b-0">
              {props.row(one)}
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button small className="mt-2" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </Section>
  );
}

/** The first line of a row: what it became, and when. */
export function HistoryHead({ told, at }: { told: Told; at: string }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <State bare told={told} />
      <span className="ml-auto text-sm text-ink-3">
        <Time at={at} />
      </span>
    </span>
  );
}
