// The agents: whether each is there, what it runs, how many phones it has, when it was heard of.
import { Link } from "@tanstack/react-router";
import type { Agent } from "@/api/inventory";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { actColumn, stateColumn } from "@/ui/columns";
import { State } from "@/ui/State";
import { Table } from "@/ui/Table";
import { Time, useNow } from "@/ui/Time";
import { agentStates } from "../words";

export function AgentTable(props: {
  agents: readonly Agent[];
  /** How many phones each has; absent while that is not known. */
  phones: ReadonlyMap<string, number> | undefined;
  onRevoke: (agent: Agent) => void;
}) {
  return (
    <Table
      label="Agents"
      rows={[...props.agents].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))}
      keyOf={(one) => one.id}
      columns={[
        stateColumn((one: Agent) => agentStates[one.state]),
        {
          id: "agent",
          title: "Agent",
          cell: (one) => (
            <span className="block min-w-32 py-0.5">
              <State bare told={agentStates[one.state]} className="md:hidden" />
              <span dir="auto" className="line-clamp-2 font-medium">
                {one.name}
              </span>
              <span className="block text-sm text-ink-3">
                <Standing agent={one} />
              </span>
            </span>
          ),
        },
        {
          id: "phones",
          title: "Phones",
          short: true,
          cell: (one) => {
            const some = props.phones?.get(one.id) ?? 0;
            if (!props.phones || some === 0) return props.phones ? "none" : "…";
            return (
              <Link to="/phones/list" search={{ agent: one.id }} className="hover:underline">
                {counted(some, "phone")}
              </Link>
            );
          },
        },
        {
          id: "seen",
          title: "Heard of",
          short: true,
          spare: true,
          cell: (one) => (one.last_seen_at ? <Time at={one.last_seen_at} /> : "never"),
        },
        {
          id: "made",
          title: "Enrolled",
          short: true,
          spare: true,
          cell: (one) => (one.enrolled_at ? <Time at={one.enrolled_at} /> : "not yet"),
        },
        actColumn(
          "Revoke",
          (one: Agent) =>
            one.state !== "revoked" && (
              <Button small aria-label={`Revoke ${one.name}`} onClick={() => props.onRevoke(one)}>
                Revoke
              </Button>
            ),
        ),
      ]}
    />
  );
}

const ORDER: readonly Agent["state"][] = ["connected", "away", "waiting", "revoked"];

/** What it runs, or what it waits for. */
function Standing({ agent }: { agent: Agent }) {
  const now = useNow();
  if (agent.state === "revoked" && agent.revoked_at)
    return (
      <>
        shut out <Time at={agent.revoked_at} />
      </>
    );
  if (agent.state === "waiting" && agent.code_expires_at)
    return Date.parse(agent.code_expires_at) > now.getTime() ? "waits for its code to be used" : "its code is over";
  return agent.program ? `Greenroom ${agent.program}` : "";
}
