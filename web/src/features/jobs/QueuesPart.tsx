// The installation's queues and the workers that empty them: a line, and behind it tables.
import { CircleCheck, CircleHelp } from "lucide-react";
import type { JobsBoard, QueueState, WorkerState } from "@/api/jobs";
import { Section } from "@/ui/Page";
import { State } from "@/ui/State";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { queueFault, queueWord, queueWords, workersWords } from "./words";

export function QueuesPart({ board }: { board: JobsBoard }) {
  return (
    <details className="group">
      <summary className="figures flex min-h-6 cursor-pointer flex-wrap items-baseline gap-x-4 text-sm text-ink-2 hover:text-ink pointer-coarse:min-h-10">
        {board.queues.map((one) => (
          <span key={one.name}>{queueWords(one)}</span>
        ))}
        <span className="underline group-open:no-underline">{workersWords(board.workers)}</span>
      </summary>
      <div className="flex flex-col gap-6 pt-4">
        <Section title="Queues">
          <Table label="Queues" rows={board.queues} keyOf={(one) => one.name} columns={QUEUES} />
        </Section>
        <Section title="Workers" count={board.workers.length}>
          {board.workers.length > 0 ? (
            <Table label="Workers" rows={board.workers} keyOf={(one) => one.name} columns={WORKERS} />
          ) : (
            <p className="border-t py-2 text-ink-2">
              No worker is connected. Start one with <code>greenroom up</code> or <code>greenroom worker</code>.
            </p>
          )}
        </Section>
      </div>
    </details>
  );
}

/** What stands in the way of waiting jobs, above the list that waits. */
export function QueueFaults({ queues }: { queues: readonly QueueState[] }) {
  const faults = queues.map((one) => ({ name: one.name, text: queueFault(one) })).filter((one) => one.text);
  if (faults.length === 0) return null;
  return (
    <div role="status" className="mb-4 flex flex-col gap-1 rounded-md bg-wait-soft px-3 py-2 text-wait">
      {faults.map((one) => (
        <p key={one.name} className="[overflow-wrap:anywhere]">
          {queueWord(one.name)}: {one.text}
        </p>
      ))}
    </div>
  );
}

const QUEUES = [
  {
    id: "queue",
    title: "Queue",
    cell: (one: QueueState) => (
      <span className="flex flex-wrap gap-x-2">
        {queueWord(one.name)} <span className="text-ink-3">{one.name}</span>
      </span>
    ),
  },
  { id: "running", title: "Running", number: true, cell: (one: QueueState) => one.running },
  {
    id: "waiting",
    title: "Waiting",
    number: true,
    cell: (one: QueueState) => (
      <>
        {one.waiting}
        {one.oldest_at && (
          <span className="block text-sm text-ink-3">
            oldest: <Time at={one.oldest_at} />
          </span>
        )}
      </>
    ),
  },
  { id: "workers", title: "Workers", number: true, cell: (one: QueueState) => one.workers },
];

const WORKERS = [
  {
    id: "state",
    title: "State",
    short: true,
    cell: (one: WorkerState) =>
      one.silent ? (
        <State bare told={{ kind: "broken", icon: CircleHelp, word: "Silent" }} />
      ) : (
        <State bare told={{ kind: "go", icon: CircleCheck, word: "Alive" }} />
      ),
  },
  { id: "name", title: "Process", cell: (one: WorkerState) => one.name },
  { id: "queues", title: "Works on", short: true, cell: (one: WorkerState) => one.queues.join(", ") },
  {
    id: "since",
    title: "Connected",
    number: true,
    cell: (one: WorkerState) =>
      one.silent ? (
        <>
          last heard <Time at={one.seen_at} />
        </>
      ) : (
        <Time at={one.since} />
      ),
  },
];
