// Jobs in words: their kinds, states, queues, and what is said of one in a line. Pure.
import { Ban, CircleCheck, CirclePause, CircleX, Clock, LoaderCircle } from "lucide-react";
import type { Job, JobsBoard, JobState, QueueState, WorkerState } from "@/api/jobs";
import { left } from "@/lib/moments";
import { counted } from "@/lib/numbers";
import type { Told } from "@/ui/State";

const KINDS: Record<string, string> = {
  "studio.make": "Make a video",
  "channels.publish": "Publish a post",
  "channels.look": "Look for a post",
  "channels.take_down": "Take a post down",
  "channels.correct": "Correct a post",
};

/** Also for a kind that a newer server knows and this page does not. */
export function kindWord(kind: string): string {
  const known = KINDS[kind];
  if (known) return known;
  const words = kind.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const jobStates: Record<JobState, Told> = {
  running: { kind: "run", icon: LoaderCircle, word: "Running" },
  queued: { kind: "calm", icon: Clock, word: "Waiting" },
  failed: { kind: "broken", icon: CircleX, word: "Failed" },
  done: { kind: "go", icon: CircleCheck, word: "Done" },
  cancelled: { kind: "calm", icon: Ban, word: "Cancelled" },
};

type Seen = Pick<Job, "state" | "cancel_requested">;

export function jobState(job: Seen): Told {
  if (job.state === "running" && job.cancel_requested) return { kind: "wait", icon: CirclePause, word: "Stopping" };
  return jobStates[job.state];
}

export const isLive = (job: Pick<Job, "state">) => job.state === "queued" || job.state === "running";

export const mayRetry = (job: Pick<Job, "state">) => job.state === "failed" || job.state === "cancelled";

/** Whether it waits for its time, after a start that did not end well, and not for a worker. */
export function waitsForTime(job: Pick<Job, "state" | "due_at">, now: Date): boolean {
  return job.state === "queued" && new Date(job.due_at) > now;
}

/** `Render, Frame 40, about 2 min left`. */
export function goingWords(job: Pick<Job, "stage" | "message" | "eta_seconds">): string {
  const stage = job.stage ? job.stage.charAt(0).toUpperCase() + job.stage.slice(1) : "";
  return [stage, job.message, left(job.eta_seconds)].filter(Boolean).join(", ");
}

/** `3rd start of 5`, `5 starts` of what has ended; nothing for a job that went at the first. */
export function startWords(job: Pick<Job, "state" | "starts" | "max_starts">): string {
  if (job.starts < 2) return "";
  if (!isLive(job)) return `${job.starts} starts`;
  const tail = ["th", "st", "nd", "rd"][job.starts % 100 > 10 && job.starts % 100 < 14 ? 0 : job.starts % 10] ?? "th";
  return `${job.starts}${tail} start of ${job.max_starts}`;
}

/** The page's answer: `2 running, 3 waiting, 1 failed`. */
export function boardWords(board: Pick<JobsBoard, "running" | "queued" | "failed">): string {
  const parts = [
    board.running > 0 && `${board.running} running`,
    board.queued > 0 && `${board.queued} waiting`,
    board.failed > 0 && `${board.failed} failed`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "Nothing to do just now";
}

const QUEUES: Record<string, string> = { io: "Publishing and waiting", cpu: "Rendering" };

export const queueWord = (name: string) => QUEUES[name] ?? name;

/** `Rendering: 2 wait, 1 runs`, `Rendering: nothing waits`. */
export function queueWords(queue: Pick<QueueState, "name" | "waiting" | "running">): string {
  const { waiting, running } = queue;
  const waits = waiting === 0 ? "nothing waits" : `${waiting} ${waiting === 1 ? "waits" : "wait"}`;
  return `${queueWord(queue.name)}: ${waits}${running > 0 ? `, ${running} ${running === 1 ? "runs" : "run"}` : ""}`;
}

/** `2 workers alive, 1 silent`. */
export function workersWords(workers: readonly Pick<WorkerState, "silent">[]): string {
  const silent = workers.filter((one) => one.silent).length;
  const alive = workers.length - silent;
  return `${counted(alive, "worker")} alive${silent > 0 ? `, ${silent} silent` : ""}`;
}

/** What keeps a queue's jobs from going on, or null. */
export function queueFault(queue: QueueState): string | null {
  if (queue.workers > 0 || queue.waiting === 0) return null;
  return `${counted(queue.waiting, "job")} wait and no worker takes them. Start one: greenroom worker --queues ${queue.name}`;
}
