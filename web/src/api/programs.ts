// API tokens: what programs come in with.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask } from "./client";
import type { components } from "./schema";

export type ApiToken = components["schemas"]["ApiToken"];

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: () => ask(api.GET("/api/v1/tokens")),
  select: (page) => page.items,
});

function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: ["tokens"] }),
  });
}

export const useCreateToken = () =>
  useChange((body: components["schemas"]["NewApiToken"]) => ask(api.POST("/api/v1/tokens", { body })));

export const useDeleteToken = () =>
  useChange((id: string) => ask(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: id } } })));
