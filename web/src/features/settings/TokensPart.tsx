// My API tokens: what comes in for me, with what rights, and when it last did.
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Hourglass, Plus } from "lucide-react";
import { useState } from "react";
import { type ApiToken, tokensQuery, useDeleteToken } from "@/api/programs";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { actColumn, stateColumn } from "@/ui/columns";
import { Confirm } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import type { Told } from "@/ui/State";
import { Table } from "@/ui/Table";
import { Time, useNow } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { TokenDialog } from "./TokenDialog";

export function TokensPart() {
  const tokens = useQuery(tokensQuery);
  const remove = useDeleteToken();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<ApiToken | null>(null);
  const add = (
    <Button small icon={Plus} onClick={() => setMaking(true)}>
      Make a token
    </Button>
  );
  return (
    <Section title="API tokens" count={tokens.data?.length} aside={tokens.data?.length ? add : undefined}>
      {tokens.error && <ErrorNote error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.isPending && <SkeletonRows rows={2} />}
      {tokens.data?.length === 0 && (
        <EmptyState picture="key" title="No program comes in for you" act={add}>
          With a token a script or another tool does through the API what you do here.
        </EmptyState>
      )}
      {!!tokens.data?.length && <Tokens tokens={tokens.data} onEnd={setEnding} />}
      {making && <TokenDialog onClose={() => setMaking(false)} />}
      {ending && (
        <Confirm
          open
          title={`End the token of ${ending.name}?`}
          about="What uses it is refused at once. This can’t be taken back; a new token can be made."
          verb="End the token"
          onClose={() => setEnding(null)}
          act={() => remove.mutateAsync(ending.id).then(() => say("The token is over."))}
        />
      )}
    </Section>
  );
}

const WORKS: Told = { kind: "go", icon: CircleCheck, word: "Works" };
const OVER: Told = { kind: "calm", icon: Hourglass, word: "Over" };

function Tokens({ tokens, onEnd }: { tokens: readonly ApiToken[]; onEnd: (token: ApiToken) => void }) {
  const { clientOf } = useScope();
  const now = useNow();
  const isOver = (one: ApiToken) => new Date(one.expires_at) <= now;
  return (
    <Table
      label="API tokens"
      rows={tokens}
      keyOf={(one) => one.id}
      columns={[
        stateColumn((one: ApiToken) => (isOver(one) ? OVER : WORKS)),
        {
          id: "name",
          title: "Name",
          cell: (one) => (
            <span className="min-w-0">
              <span dir="auto" className="line-clamp-2 font-medium">
                {one.name}
              </span>
              <span className="block text-sm text-ink-3">
                {one.hint}… · {one.scopes.join(", ")}
                {one.clients && ` · ${one.clients.map((id) => clientOf(id)?.name ?? "another client").join(", ")}`}
              </span>
              <span className="block text-sm text-ink-3 md:hidden">
                {isOver(one) ? "over since " : "ends "}
                <Time at={one.expires_at} />
              </span>
            </span>
          ),
        },
        {
          id: "used",
          title: "Last used",
          short: true,
          spare: true,
          cell: (one) =>
            one.used_at ? (
              <span>
                <Time at={one.used_at} />
                {one.used_from && <span className="block text-sm text-ink-3">from {one.used_from}</span>}
              </span>
            ) : (
              "never"
            ),
        },
        { id: "ends", title: "Ends", short: true, spare: true, cell: (one) => <Time at={one.expires_at} /> },
        actColumn("End", (one: ApiToken) => (
          <Button small aria-label={`End ${one.name}`} onClick={() => onEnd(one)}>
            End
          </Button>
        )),
      ]}
    />
  );
}
