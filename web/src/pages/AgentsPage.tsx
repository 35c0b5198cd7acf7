// Which computers show us their phones?
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { type Agent, agentsQuery, useRevokeAgent } from "@/api/inventory";
import { isStatus } from "@/api/problem";
import { wallPhonesQuery } from "@/api/wall";
import { AgentTable } from "@/features/phones/agents/AgentTable";
import { CodeDialog } from "@/features/phones/agents/CodeDialog";
import { HubAlarms } from "@/features/phones/HubAlarms";
import { HubsPart } from "@/features/phones/hubs/HubsPart";
import { PhonesNav } from "@/features/phones/PhonesNav";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { say } from "@/ui/Toast";

export function AgentsPage() {
  const agents = useQuery(agentsQuery);
  const phones = useQuery(wallPhonesQuery);
  const revoke = useRevokeAgent();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Agent | null>(null);
  const some = useMemo(() => phones.data && counts(phones.data.map((one) => one.agent_id)), [phones.data]);
  const add = (
    <Button tone={agents.data?.length ? undefined : "go"} icon={Plus} onClick={() => setMaking(true)}>
      Make a code
    </Button>
  );
  return (
    <Page
      title="Agents"
      answer={agents.data && agents.data.length > 0 && agentsWords(agents.data)}
      acts={
        <>
          {!!agents.data?.length && add}
          <PhonesNav />
        </>
      }
    >
      <Body>
        <HubAlarms className="mb-4 max-w-5xl" />
        {agents.error &&
          (isStatus(agents.error, 403) ? (
            <EmptyState picture="key" title="Agents are for super users">
              {agents.error.message}.
            </EmptyState>
          ) : (
            <ErrorNote className="mb-4" error={agents.error} onRetry={() => void agents.refetch()} />
          ))}
        {agents.isPending && <SkeletonRows rows={3} />}
        {agents.data?.length === 0 && (
          <EmptyState picture="cable" title="No computer shows its phones yet" act={add}>
            Make a code, then run two commands on the computer that the phones are plugged into.
          </EmptyState>
        )}
        {!!agents.data?.length && (
          <div className="max-w-5xl">
            <AgentTable agents={agents.data} phones={some} onRevoke={setEnding} />
            <HubsPart className="mt-8" />
          </div>
        )}
      </Body>
      {making && <CodeDialog onClose={() => setMaking(false)} />}
      {ending && (
        <Confirm
          open
          title={`Revoke ${ending.name}?`}
          about={revokeWords(ending, some?.get(ending.id) ?? 0)}
          verb="Revoke it"
          onClose={() => setEnding(null)}
          act={() => revoke.mutateAsync(ending.id).then(() => say(`${ending.name} is shut out.`))}
        />
      )}
    </Page>
  );
}

function agentsWords(agents: readonly Agent[]): string {
  const of = (state: Agent["state"]) => agents.filter((one) => one.state === state).length;
  const away = of("away");
  const waiting = of("waiting");
  return [`${of("connected")} connected`, away > 0 && `${away} away`, waiting > 0 && `${waiting} waiting for enrolment`]
    .filter(Boolean)
    .join(", ");
}

/** Exactly what happens. */
function revokeWords(agent: Agent, phones: number): string {
  if (agent.state === "waiting")
    return "Its code can’t be used any more. This can’t be taken back; a new code can be made.";
  const theirs =
    phones === 0 ? "It has no phones." : `Its ${counted(phones, "phone")} go offline at once and stay in the list.`;
  return `${theirs} The program on that computer is refused from now on. This can’t be taken back; with a new code it comes as a new agent, and its phones as new phones.`;
}

function counts(ids: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1);
  return found;
}
