// API tokens: what programs come in with.
import { queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll } from "./client";
import type { components } from "./schema";

export type ApiToken = components["schemas"]["ApiToken"];

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/tokens", { params: { query: { cursor } } }))),
  select: (page) => page.items,
});

export const useCreateToken = () =>
  useChange((body: components["schemas"]["NewApiToken"]) => ask(api.POST("/api/v1/tokens", { body })), ["tokens"]);

export const useDeleteToken = () =>
  useChange(
    (id: string) => ask(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: id } } })),
    ["tokens"],
  );
