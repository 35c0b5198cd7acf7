// The jobs in rows: how each stands, what it is, how far it has come or why it failed.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import type { Job } from "@/api/jobs";
import { ClientTag } from "@/ui/ClientTag";
import { List } from "@/ui/List";
import { Progress } from "@/ui/Progress";
import { State } from "@/ui/State";
import { Time, useNow } from "@/ui/Time";
import { JobActs } from "./JobActs";
import { goingWords, jobState, kindWord, startWords, waitsForTime } from "./words";

export function JobList({ jobs, current }: { jobs: readonly Job[]; current: string | undefined }) {
  return (
    <List label="Jobs" className="border-t">
      {jobs.map((one) => (
        <Row key={one.id} job={one} current={one.id === current} />
      ))}
    </List>
  );
}

function Row({ job, current }: { job: Job; current: boolean }) {
  const starts = startWords(job);
  return (
    <li
      className={clsx("flex min-w-0 items-start gap-3 border-b px-2 py-2 last:border-b-0", current && "bg-pick-soft")}
    >
      <State bare told={jobState(job)} className="w-24 shrink-0 max-sm:hidden" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <State bare told={jobState(job)} className="sm:hidden" />
        <Link
          data-row
          dir="auto"
          from="/jobs"
          to="/jobs"
          search={(before) => ({ ...before, job: job.id })}
          aria-current={current}
          className="line-clamp-2 self-start font-medium [overflow-wrap:anywhere] hover:underline"
        >
          {job.title}
        </Link>
        <span className="figures flex min-w-0 flex-wrap items-center gap-x-3 text-sm text-ink-3">
          <span>{kindWord(job.kind)}</span>
          <ClientTag id={job.client_id} />
          <When job={job} />
          {starts && <span>{starts}</span>}
        </span>
        <Standing job={job} />
      </div>
      <JobActs job={job} small />
    </li>
  );
}

function When({ job }: { job: Job }) {
  if (job.ended_at) return <Time at={job.ended_at} />;
  if (job.state === "running" && job.started_at)
    return (
      <span>
        began <Time at={job.started_at} />
      </span>
    );
  return (
    <span>
      asked for <Time at={job.created_at} />
    </span>
  );
}

/** How far it has come, what it waits for, or why it failed. */
function Standing({ job }: { job: Job }) {
  const now = useNow();
  if (job.state === "running")
    return (
      <span className="mt-1 flex min-w-0 flex-col gap-1 text-sm text-ink-2">
        <Progress className="max-w-96" fraction={job.fraction} label={`Progress of ${job.title}`} />
        <span className="figures line-clamp-1">{goingWords(job)}</span>
      </span>
    );
  if (job.state === "failed" && job.error)
    return (
      <span dir="auto" className="line-clamp-2 text-sm [overflow-wrap:anywhere] text-broken">
        {job.error}
      </span>
    );
  if (waitsForTime(job, now) || (job.state === "queued" && job.message))
    return (
      <span dir="auto" className="line-clamp-2 text-sm [overflow-wrap:anywhere] text-ink-2">
        {job.message}
        {waitsForTime(job, now) && (
          <>
            {job.message && " · "}goes on <Time at={job.due_at} />
          </>
        )}
      </span>
    );
  return null;
}
