// One job beside the list: all that is known of it, the whole error, and what it is for.
import { X } from "lucide-react";
import type { ReactNode } from "react";
import type { Job } from "@/api/jobs";
import { useScope } from "@/api/scope";
import { took } from "@/lib/moments";
import { Button, ButtonLink } from "@/ui/Button";
import { Facts } from "@/ui/Page";
import { Progress } from "@/ui/Progress";
import { State } from "@/ui/State";
import { Time, useNow } from "@/ui/Time";
import { JobActs } from "./JobActs";
import { goingWords, jobState, kindWord, waitsForTime } from "./words";

export function JobPanel({ job, onClose }: { job: Job; onClose: () => void }) {
  return (
    <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-4 p-4 lg:overflow-y-auto">
      <div className="flex items-start gap-3">
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
          <h2 dir="auto" className="text-lg font-semibold [overflow-wrap:anywhere]">
            {job.title}
          </h2>
          <State told={jobState(job)} />
        </div>
        <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
      </div>
      {job.state === "running" && (
        <div className="flex flex-col gap-1 text-ink-2">
          <Progress fraction={job.fraction} label={`Progress of ${job.title}, whole`} />
          <span className="figures [overflow-wrap:anywhere]">{goingWords(job)}</span>
        </div>
      )}
      {job.error && (
        <section aria-label="Why it failed" className="rounded-md bg-broken-soft px-3 py-2 text-broken">
          <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
            {job.error}
          </p>
        </section>
      )}
      {job.state === "queued" && job.message && (
        <p dir="auto" className="[overflow-wrap:anywhere] text-ink-2">
          {job.message}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <JobActs job={job} />
        <Subject job={job} />
        {job.cause && (
          <ButtonLink
            from="/jobs"
            to="/jobs"
            search={(before) => ({ ...before, ...NO_FILTER, cause: job.cause ?? "" })}
          >
            Others like it
          </ButtonLink>
        )}
      </div>
      <Facts rows={useFacts(job)} />
    </div>
  );
}

const NO_FILTER = { state: undefined, kind: undefined };

function Subject({ job: { subject_type, subject_id, state } }: { job: Job }) {
  if (!subject_id) return null;
  if (subject_type === "content" && (state === "running" || state === "queued"))
    return (
      <ButtonLink to="/make/$contentId" params={{ contentId: subject_id }}>
        Watch it being made
      </ButtonLink>
    );
  if (subject_type === "content")
    return (
      <ButtonLink to="/library" search={{ item: subject_id }}>
        Open the video
      </ButtonLink>
    );
  if (subject_type === "post")
    return (
      <ButtonLink to="/calendar" search={{ post: subject_id }}>
        Open the post
      </ButtonLink>
    );
  return null;
}

function useFacts(job: Job): (readonly [string, ReactNode])[] {
  const { clientOf } = useScope();
  const now = useNow();
  const time = (at: string) => <Time at={at} />;
  const client = clientOf(job.client_id);
  return [
    ["What", kindWord(job.kind)],
    ...(client
      ? [
          [
            "Client",
            <span key="client" dir="auto" className="[overflow-wrap:anywhere]">
              {client.name}
            </span>,
          ] as const,
        ]
      : []),
    ["Asked for", time(job.created_at)],
    ...(waitsForTime(job, now) ? ([["Goes on", time(job.due_at)]] as const) : []),
    ...(job.started_at ? ([["First start", time(job.started_at)]] as const) : []),
    ...(job.ended_at ? ([["Ended", time(job.ended_at)]] as const) : []),
    ...(job.started_at && job.ended_at
      ? ([["Took", took((Date.parse(job.ended_at) - Date.parse(job.started_at)) / 1000)]] as const)
      : []),
    ["Starts", `${job.starts} of at most ${job.max_starts}`],
    [
      "Number",
      <span key="id" className="text-sm [overflow-wrap:anywhere] text-ink-3 select-all">
        {job.id}
      </span>,
    ],
  ];
}
