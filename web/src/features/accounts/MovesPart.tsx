// How the account came to its state: every move with who or what made it, when and why; the newest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Building2, User, Workflow } from "lucide-react";
import { movesQuery } from "@/api/accounts";
import type { AccountMove } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State } from "@/ui/State";
import { Time } from "@/ui/Time";
import { moverOf, stateTold } from "./words";

const MOVERS = { person: User, rule: Workflow, platform: Building2 } as const;

export function MovesPart({ account }: { account: string }) {
  const list = useInfiniteQuery(movesQuery(account));
  const moves = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title="What happened">
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows rows={3} />}
      {list.data && moves.length === 0 && (
        <p className="text-sm text-ink-2">Nobody and nothing has moved it yet. Whoever does stands here, with why.</p>
      )}
      {moves.length > 0 && (
        <ol aria-label="Moves of its state">
          {moves.map((one) => (
            <Row key={one.id} move={one} />
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

function Row({ move }: { move: AccountMove }) {
  const Mover = MOVERS[move.by];
  return (
    <li className="border-b py-2 last:border-b-0">
      <span className="flex flex-wrap items-center gap-x-2">
        <State bare told={stateTold(move.state, move.phase)} />
        <span className="ml-auto text-sm text-ink-3">
          <Time at={move.at} />
        </span>
      </span>
      <p dir="auto" className="[overflow-wrap:anywhere]">
        {move.why}
      </p>
      <p dir="auto" className="flex items-center gap-1 text-sm [overflow-wrap:anywhere] text-ink-3">
        <Mover aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
        {moverOf(move)}
      </p>
    </li>
  );
}
