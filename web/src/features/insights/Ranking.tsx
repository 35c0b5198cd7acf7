// The posts of a period, those with most views first.
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { RankedPost } from "@/api/shapes";
import { compact } from "@/lib/numbers";
import { Spark } from "@/ui/Chart";
import { useListKeys } from "@/ui/List";
import { Thumb } from "@/ui/Portrait";
import { type Column, Table } from "@/ui/Table";
import { Time } from "@/ui/Time";

const columns: readonly Column<RankedPost>[] = [
  {
    id: "post",
    title: "Post",
    cell: (one) => (
      <span className="flex min-w-0 items-center gap-3">
        <Thumb src={one.thumbnail_url} className="w-7 rounded-sm" />
        <span className="min-w-0">
          <Link
            data-row
            dir="auto"
            from="/insights"
            to="/insights"
            search={(before) => ({ ...before, post: one.post_id })}
            className="line-clamp-2 font-medium hover:underline md:line-clamp-1"
          >
            {one.title}
          </Link>
          <span className="flex flex-wrap gap-x-2 text-sm text-ink-3">
            <span dir="auto" className="max-w-40 truncate">
              {one.account}
            </span>
            <Time at={one.posted_at} />
          </span>
        </span>
      </span>
    ),
  },
  { id: "spark", title: "Views by day", spare: true, short: true, cell: (one) => <Spark values={one.spark} /> },
  {
    id: "views",
    title: "Views",
    number: true,
    cell: (one) => <span className="font-medium">{compact(one.views)}</span>,
  },
  { id: "clicks", title: "Clicks", number: true, cell: (one) => compact(one.clicks) },
  {
    id: "bots",
    title: "Bots",
    number: true,
    spare: true,
    cell: (one) => <span className="text-ink-3">{compact(one.bots)}</span>,
  },
];

export function Ranking({ posts, current }: { posts: readonly RankedPost[]; current: string | undefined }) {
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  return (
    <div ref={list}>
      <Table
        label="Posts by views"
        columns={columns}
        rows={posts}
        keyOf={(one) => one.post_id}
        current={current ?? null}
      />
    </div>
  );
}
