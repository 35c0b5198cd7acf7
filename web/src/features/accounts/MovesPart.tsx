// How the account came to its state: every move with who or what made it, when and why; the newest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Building2, User, Workflow } from "lucide-react";
import { movesQuery } from "@/api/accounts";
import type { AccountMove } from "@/api/shapes";
import { History, HistoryHead } from "@/ui/History";
import { moverOf, stateTold } from "./words";

const MOVERS = { person: User, rule: Workflow, platform: Building2 } as const;

export function MovesPart({ account }: { account: string }) {
  const list = useInfiniteQuery(movesQuery(account));
  return (
    <History
      label="Moves of its state"
      list={list}
      empty="Nobody and nothing has moved it yet. Whoever does stands here, with why."
      row={(move) => <Move move={move} />}
    />
  );
}

function Move({ move }: { move: AccountMove }) {
  const Mover = MOVERS[move.by];
  return (
    <>
      <HistoryHead told={stateTold(move.state, move.phase)} at={move.at} />
      <p dir="auto" className="[overflow-wrap:anywhere]">
        {move.why}
      </p>
      <p dir="auto" className="flex items-center gap-1 text-sm [overflow-wrap:anywhere] text-ink-3">
        <Mover aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
        {moverOf(move)}
      </p>
    </>
  );
}
