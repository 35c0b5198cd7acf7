// Versions of definitions: the list, two beside each other, one brought back.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, ifMatch } from "./client";
import type { components } from "./schema";

export type VersionSummary = components["schemas"]["VersionSummary"];
export type DefinitionVersion = components["schemas"]["DefinitionVersion"];
export type Comparison = components["schemas"]["Comparison"];

export const versionsQuery = (kind: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ["versions", id, kind],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/definitions/{kind}/{definition_id}/versions", {
          params: { path: { kind, definition_id: id }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** What was kept never changes, so it is asked for once. */
export const comparisonQuery = (kind: string, id: string, before: number, after: number) =>
  queryOptions({
    queryKey: ["compared", id, kind, before, after],
    queryFn: () =>
      ask(
        api.GET("/api/v1/definitions/{kind}/{definition_id}/versions/{number}/diff", {
          params: { path: { kind, definition_id: id, number: after }, query: { against: before } },
        }),
      ),
    staleTime: Infinity,
  });

export const useRestoreVersion = (kind: string, id: string, stale: readonly string[]) =>
  useChange(
    ({ number, version, reason }: { number: number; version: number; reason: string }) =>
      ask(
        api.POST("/api/v1/definitions/{kind}/{definition_id}/versions/{number}/restore", {
          params: { path: { kind, definition_id: id, number }, header: ifMatch(version) },
          body: { reason },
        }),
      ),
    ["versions", ...stale],
  );
