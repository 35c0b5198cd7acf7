// Videos from brief to approval.
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ask, ifMatch } from "./client";
import type { components } from "./schema";
import type { Content, ContentStatus, ScriptEdit } from "./shapes";

type Bodies = components["schemas"];

export interface ContentFilter {
  client?: string;
  status?: ContentStatus;
  character?: string;
  q?: string;
}

const WHILE_MAKING = 2000;

/** States in which the machine works and nobody is waited for. */
export const RUNNING: readonly ContentStatus[] = ["scripting", "generating", "assembling", "checking"];

export const isRunning = (content: Pick<Content, "status">) => RUNNING.includes(content.status);

export const formatsQuery = queryOptions({
  queryKey: ["formats"],
  queryFn: () => ask(api.GET("/api/v1/formats")),
  select: (page) => page.items,
  staleTime: Infinity,
});

/** The format's name; its id until the names are there. */
export function useFormatName(id: string): string {
  const { data } = useQuery(formatsQuery);
  return data?.find((one) => one.id === id)?.name ?? id;
}

export const contentsQuery = (filter: ContentFilter) =>
  queryOptions({
    queryKey: ["contents", filter],
    queryFn: () => ask(api.GET("/api/v1/contents", { params: { query: { ...filter, limit: 200 } } })),
    select: (page) => page.items,
  });

const of = (id: string) => ({ content_id: id });

export const contentQuery = (id: string) =>
  queryOptions({
    queryKey: ["content", id],
    queryFn: () => ask(api.GET("/api/v1/contents/{content_id}", { params: { path: of(id) } })),
    // Events tell of the whole; how far each stage is stands only in the record.
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? WHILE_MAKING : false),
  });

export const provenanceQuery = (id: string) =>
  queryOptions({
    queryKey: ["provenance", id],
    queryFn: () => ask(api.GET("/api/v1/contents/{content_id}/provenance", { params: { path: of(id) } })),
  });

export function useCreateContent() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ client, ...body }: Bodies["NewContent"] & { client?: string }) =>
      ask(api.POST("/api/v1/contents", { params: { query: { client } }, body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["contents"] }),
  });
}

function useContentAct<Input extends { id: string }>(act: (input: Input) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    // Not waited for: what the page does next must not hang on a reading that may take it away.
    onSettled: (_data, _error, { id }) => {
      void cache.invalidateQueries({ queryKey: ["content", id] });
      void cache.invalidateQueries({ queryKey: ["contents"] });
    },
  });
}

export const useCancelContent = () =>
  useContentAct(({ id }: { id: string }) =>
    ask(api.POST("/api/v1/contents/{content_id}/cancel", { params: { path: of(id) } })),
  );

export const useRetryContent = () =>
  useContentAct(({ id }: { id: string }) =>
    ask(api.POST("/api/v1/contents/{content_id}/retry", { params: { path: of(id) } })),
  );

export function useDeleteContent() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask(api.DELETE("/api/v1/contents/{content_id}", { params: { path: of(id) } })),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ["contents"] }),
        cache.invalidateQueries({ queryKey: ["posts"] }),
      ]),
  });
}

export const useEditScript = () =>
  useContentAct(({ id, version, changes }: { id: string; version: number; changes: ScriptEdit }) =>
    ask(
      api.PATCH("/api/v1/contents/{content_id}/script", {
        params: { path: of(id), header: ifMatch(version) },
        body: changes,
      }),
    ),
  );

export const useReview = () =>
  useContentAct(({ id, ...body }: Bodies["NewReview"] & { id: string }) =>
    ask(api.POST("/api/v1/contents/{content_id}/reviews", { params: { path: of(id) }, body })),
  );
