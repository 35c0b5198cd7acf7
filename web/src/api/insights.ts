// Numbers that came back.
import { queryOptions } from "@tanstack/react-query";
import { api, ask, askAll } from "./client";

// Views arrive without an event each, so an open page asks again.
const OFTEN = 10_000;

export const summaryQuery = (days: number, client?: string) =>
  queryOptions({
    queryKey: ["insights", "summary", { days, client }],
    queryFn: () => ask(api.GET("/api/v1/insights/summary", { params: { query: { days, client } } })),
    refetchInterval: OFTEN,
  });

export const rankedPostsQuery = (days: number, client?: string) =>
  queryOptions({
    queryKey: ["insights", "posts", { days, client }],
    queryFn: () =>
      askAll((cursor) => ask(api.GET("/api/v1/insights/posts", { params: { query: { days, client, cursor } } }))),
    select: (page) => page.items,
    refetchInterval: OFTEN,
  });

export const postInsightsQuery = (id: string) =>
  queryOptions({
    queryKey: ["insights", "post", id],
    queryFn: () => ask(api.GET("/api/v1/insights/posts/{post_id}", { params: { path: { post_id: id } } })),
    refetchInterval: OFTEN,
  });
