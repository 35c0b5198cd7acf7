// The audit trail: who changed what.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import type { components } from "./schema";

export type AuditEntry = components["schemas"]["AuditEntry"];

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ pageParam }) =>
    ask(api.GET("/api/v1/audit", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
  initialPageParam: "",
  getNextPageParam: (page) => page.next ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const chainQuery = queryOptions({
  queryKey: ["audit", "chain"],
  queryFn: () => ask(api.GET("/api/v1/audit/chain")),
  enabled: false,
  gcTime: 0,
});
