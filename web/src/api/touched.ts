// Which cached answers an event makes old, and how a job's progress is written into them. Pure.
import type { Content, ContentDetail, Page, Progress, StageRun } from "./shapes";

export interface LiveEvent {
  kind: string;
  subject_type: string | null;
  subject_id: string | null;
  client_id: string | null;
  message: string;
  severity: string;
  at: string;
  data: Record<string, unknown> | null;
}

/** The query keys (prefixes) to ask for again after `event`. */
export function touched({ kind, subject_id }: LiveEvent): unknown[][] {
  const [room, what] = kind.split(".");
  const one = (name: string) => (subject_id ? [[name, subject_id]] : []);
  if (room === "cast") return [["characters"], ...one("character"), ...one("versions")];
  if (room === "studio") return [["contents"], ...one("content"), ["provenance"]];
  if (room === "planner" && what === "schedule") return [["schedules"], ["posts"]];
  if (room === "planner" || (room === "channels" && what === "post"))
    return [["posts"], ...one("post"), ["insights"], ["accounts"]];
  if (room === "channels") return [["accounts"], ["links"], ["posts", "room"]];
  if (room === "insights") return [["insights"], ["posts"]];
  if (room === "tenancy" && what === "service_key") return [["service-keys"], ["service-shares"]];
  if (room === "tenancy" && what === "webhook") return [["webhooks"]];
  if (room === "tenancy") return [["session"], ["clients"], ["users"]];
  if (room === "phones") return what === "agent" ? [["agents"], ["phones"]] : [["phones"]];
  if (room === "job") return [["jobs"]];
  if (room === "access") return [["session"]];
  return [];
}

/** Progress of a job that makes a content, or null when the event says nothing of that kind. `data` is the job. */
export function progressOf(event: LiveEvent): { content: string; progress: Progress } | null {
  const data = event.data ?? {};
  if (event.kind !== "job.progress" || data.subject_type !== "content" || typeof data.subject_id !== "string")
    return null;
  return {
    content: data.subject_id,
    progress: {
      stage: typeof data.stage === "string" ? data.stage : null,
      fraction: typeof data.fraction === "number" ? data.fraction : 0,
      message: typeof data.message === "string" ? data.message : event.message,
      eta_seconds: typeof data.eta_seconds === "number" ? data.eta_seconds : null,
    },
  };
}

export function withProgress(page: Page<Content>, id: string, progress: Progress): Page<Content> {
  if (!page.items.some((item) => item.id === id)) return page;
  return { ...page, items: page.items.map((item) => (item.id === id ? { ...item, progress } : item)) };
}

/** Also moves the stages along, so that the list of them lives between two reads of the record. */
export function detailWithProgress(detail: ContentDetail, progress: Progress): ContentDetail {
  const current = detail.stages.findIndex((stage) => stage.name === progress.stage);
  const stages = detail.stages.map((stage, index): StageRun => {
    if (index === current && stage.state !== "done") return { ...stage, state: "running" };
    return stage;
  });
  return { ...detail, progress, stages };
}
