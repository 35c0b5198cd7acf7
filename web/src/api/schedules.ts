// Schedules: series that fill the calendar from a queue of approved content.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];
export type Schedule = Bodies["Schedule"];
export type ScheduleDraft = Bodies["ScheduleDraft"];
export type ScheduleTime = Bodies["ScheduleTime"];

const STALE = ["schedules", "posts"] as const;
const of = (id: string) => ({ schedule_id: id });

export const schedulesQuery = (client?: string) =>
  queryOptions({
    queryKey: ["schedules", { client }],
    queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/schedules", { params: { query: { client, cursor } } }))),
    select: (page) => page.items,
  });

export const scheduleTimesQuery = (id: string) =>
  queryOptions({
    queryKey: ["schedules", id, "times"],
    queryFn: () => ask(api.GET("/api/v1/schedules/{schedule_id}/times", { params: { path: of(id) } })),
    select: (times) => times.items,
  });

/** The next times of a draft, live while it is written. */
export const draftTimesQuery = (body: ScheduleDraft) =>
  queryOptions({
    queryKey: ["schedule-preview", body],
    queryFn: () => ask(api.POST("/api/v1/schedules/preview", { body })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });

export const useCreateSchedule = () =>
  useChange(
    ({ client, ...body }: Bodies["NewSchedule"] & { client?: string }) =>
      ask(api.POST("/api/v1/schedules", { params: { query: { client } }, body })),
    STALE,
  );

export const useChangeSchedule = () =>
  useChange(
    ({ id, version, ...body }: Bodies["ScheduleChange"] & { id: string; version: number }) =>
      ask(api.PATCH("/api/v1/schedules/{schedule_id}", { params: { path: of(id), header: ifMatch(version) }, body })),
    STALE,
  );

export const useTurnSchedule = () =>
  useChange(({ id, verb }: { id: string; verb: "pause" | "resume" }) => {
    const params = { params: { path: of(id) } };
    return verb === "pause"
      ? ask(api.POST("/api/v1/schedules/{schedule_id}/pause", params))
      : ask(api.POST("/api/v1/schedules/{schedule_id}/resume", params));
  }, STALE);

export const useDeleteSchedule = () =>
  useChange((id: string) => ask(api.DELETE("/api/v1/schedules/{schedule_id}", { params: { path: of(id) } })), STALE);
