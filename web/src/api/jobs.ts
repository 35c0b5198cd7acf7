// The workers' jobs: lists by page, why they failed, how workers and queues stand.
import { type InfiniteData, infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];
export type Job = Bodies["ListedJob"];
export type JobState = Job["state"];
export type Cause = Bodies["Cause"];
export type JobsBoard = Bodies["Board"];
export type QueueState = Bodies["QueueState"];
export type WorkerState = Bodies["WorkerState"];

export interface JobFilter {
  client?: string;
  state?: JobState;
  kind?: string;
  cause?: string;
}

interface JobsPage {
  items: Job[];
  next?: string | null;
}

export type JobPages = InfiniteData<JobsPage, string | undefined>;

// Queues and workers change without an event of one's own.
const OFTEN = 5000;

export const jobsQuery = (filter: JobFilter) =>
  infiniteQueryOptions({
    queryKey: ["jobs", "list", filter],
    queryFn: ({ pageParam }): Promise<JobsPage> =>
      ask(api.GET("/api/v1/jobs", { params: { query: { ...filter, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

const of = (id: string) => ({ params: { path: { id } } });

export const jobQuery = (id: string) =>
  queryOptions({ queryKey: ["jobs", "one", id], queryFn: () => ask(api.GET("/api/v1/jobs/{id}", of(id))) });

export const causesQuery = (client?: string) =>
  queryOptions({
    queryKey: ["jobs", "causes", { client }],
    queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/jobs/causes", { params: { query: { client, cursor } } }))),
    select: (page) => page.items,
  });

export const boardQuery = (client?: string) =>
  queryOptions({
    queryKey: ["jobs", "board", { client }],
    queryFn: () => ask(api.GET("/api/v1/jobs/board", { params: { query: { client } } })),
    refetchInterval: OFTEN,
  });

const STALE = ["jobs", "contents", "content", "posts", "post"];

export const useRetryJob = () => useChange((id: string) => ask(api.POST("/api/v1/jobs/{id}/retry", of(id))), STALE);

export const useCancelJob = () => useChange((id: string) => ask(api.POST("/api/v1/jobs/{id}/cancel", of(id))), STALE);

export const useRetryCause = () =>
  useChange(
    ({ cause, client }: { cause: string; client?: string }) =>
      ask(api.POST("/api/v1/jobs/retry", { params: { query: { client } }, body: { cause } })),
    STALE,
  );
