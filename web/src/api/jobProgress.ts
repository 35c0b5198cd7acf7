// How news of a running job reaches what is shown of it. Pure, but for the pause between two askings.
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { Job, JobPages } from "./jobs";
import type { LiveEvent } from "./touched";

export type JobNews = Pick<Job, "id" | "state" | "stage" | "fraction" | "message" | "eta_seconds">;

/** What an event says of a job's progress, or null. */
export function jobNews(event: LiveEvent): JobNews | null {
  const data = event.data ?? {};
  if (event.kind !== "job.progress" || typeof data.id !== "string" || data.state !== "running") return null;
  return {
    id: data.id,
    state: "running",
    stage: typeof data.stage === "string" ? data.stage : null,
    fraction: typeof data.fraction === "number" ? data.fraction : 0,
    message: typeof data.message === "string" ? data.message : "",
    eta_seconds: typeof data.eta_seconds === "number" ? data.eta_seconds : null,
  };
}

/** An ended job stays as it is: its last progress may come after its end. */
export function withNews(job: Job, news: JobNews): Job {
  return job.id === news.id && job.state === "running" ? { ...job, ...news } : job;
}

export function pagesWithNews(pages: JobPages, news: JobNews): JobPages {
  if (!pages.pages.some((page) => page.items.some((job) => job.id === news.id))) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: page.items.map((job) => withNews(job, news)) })),
  };
}

export function writeJobNews(cache: QueryClient, news: JobNews) {
  cache.setQueriesData<JobPages>({ queryKey: ["jobs", "list"] }, (pages) => pages && pagesWithNews(pages, news));
  cache.setQueryData<Job>(["jobs", "one", news.id], (job) => job && withNews(job, news));
}

const PAUSE = 400;
const waiting = new Set<string>();

/** Asks again once for many events that come close together; a busy hour ends hundreds of jobs a minute. */
export function askAgainSoon(cache: QueryClient, queryKey: QueryKey) {
  const name = JSON.stringify(queryKey);
  if (waiting.has(name)) return;
  waiting.add(name);
  setTimeout(() => {
    waiting.delete(name);
    void cache.invalidateQueries({ queryKey });
  }, PAUSE);
}
