// A code for a new agent: its name, then the code, once, with the two commands, the time left, and whether it was used.
import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { type AgentCode, agentsQuery, useMakeAgent } from "@/api/inventory";
import { ApiProblem } from "@/api/problem";
import { clock } from "@/lib/moments";
import { FormDialog } from "@/ui/FormDialog";
import { OnceDialog } from "@/ui/OnceDialog";
import { TextField } from "@/ui/TextField";
import { CopyLine } from "./CopyLine";
import { type Enrolment, enrolmentOf } from "./enrolment";

export function CodeDialog({ onClose }: { onClose: () => void }) {
  const make = useMakeAgent();
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const fields = make.error instanceof ApiProblem ? make.error.fields : {};
  const send = () => {
    setTried(true);
    if (name.trim()) make.mutate({ name: name.trim() });
  };
  if (make.data) return <Made made={make.data} onClose={onClose} />;
  return (
    <FormDialog
      title="A new agent"
      about="An agent is the program on the computer that the phones are plugged into. It dials out; no port has to be open."
      verb="Make a code"
      busy={make.isPending}
      error={!fields.name && make.error}
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label="Name"
        hint="Where it stands, so that you know it again."
        error={(tried && !name.trim() ? "Say where it stands." : null) ?? fields.name}
        autoFocus
        maxLength={120}
        placeholder="Shelf 1"
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}

function Made({ made, onClose }: { made: AgentCode; onClose: () => void }) {
  const left = useSecondsTo(made.expires_at);
  const agents = useQuery({ ...agentsQuery, refetchInterval: OFTEN });
  const agent = agents.data?.find((one) => one.id === made.agent.id) ?? made.agent;
  const is = enrolmentOf(agent, left);
  return (
    <OnceDialog title={`The code for ${agent.name}`} done="Done" onClose={onClose}>
      {is === "waits" && (
        <>
          <p className="text-ink-2">
            Run these two on the computer with the phones, in its clone of Greenroom; installed from the wheel, without
            the “./”. The code works once and is not shown again.
          </p>
          <p role="timer" aria-label="Time left" className="figures text-lg font-semibold">
            {made.code} · {clock(left)} left
          </p>
        </>
      )}
      <p role="status" className={is === "waits" ? "sr-only" : "flex items-center gap-1.5 text-lg font-semibold"}>
        {is === "connected" && <Check aria-hidden className="size-5 shrink-0 text-go" strokeWidth={1.75} />}
        {NOW[is]}
      </p>
      {is === "connected" && (
        <p className="text-ink-2">
          {agent.name} shows its phones now. They stand under Phones; give them to a client there.
        </p>
      )}
      {(is === "waits" || is === "enrolled") && (
        <ol className="flex flex-col gap-3">
          <li className="flex flex-col gap-1">
            <span className="font-medium">1. Bind it to this organisation{is === "enrolled" && ": done"}</span>
            {is === "waits" && (
              <CopyLine name="the first command" line={`./greenroom agent enrol ${location.origin} ${made.code}`} />
            )}
          </li>
          <li className="flex flex-col gap-1">
            <span className="font-medium">2. Keep it running</span>
            <CopyLine name="the second command" line="./greenroom agent run" />
          </li>
        </ol>
      )}
    </OnceDialog>
  );
}

/** Whoever runs the commands looks here for whether they worked. */
const OFTEN = 2000;

const NOW: Record<Enrolment, string> = {
  waits: "",
  over: "This code is over; make a new one.",
  enrolled: "The code was used. Keep the program running now.",
  connected: "The code was used, and the agent is connected.",
  revoked: "This agent was revoked; its code can’t be used.",
};

/** Whole seconds until then, counted down each second. */
function useSecondsTo(at: string): number {
  const [left, setLeft] = useState(() => secondsTo(at));
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsTo(at)), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return left;
}

const secondsTo = (at: string) => Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000));
