// The links on an account's public page.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];

export type Link = Bodies["greenroom__channels__contracts__Link"];

export const linksQuery = (account: string) =>
  queryOptions({
    queryKey: ["links", account],
    queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/links", { params: { query: { account, cursor } } }))),
    select: (page) => page.items,
  });

function useLinkAct<Input>(act: (input: Input) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => void cache.invalidateQueries({ queryKey: ["links"] }),
  });
}

export const useAddLink = () =>
  useLinkAct(({ client, ...body }: Bodies["NewLink"] & { client: string }) =>
    ask(api.POST("/api/v1/links", { params: { query: { client } }, body })),
  );

export const useChangeLink = () =>
  useLinkAct(({ id, version, ...body }: Bodies["LinkChange"] & { id: string; version: number }) =>
    ask(api.PATCH("/api/v1/links/{link_id}", { params: { path: { link_id: id }, header: ifMatch(version) }, body })),
  );

export const useRemoveLink = () =>
  useLinkAct((id: string) => ask(api.DELETE("/api/v1/links/{link_id}", { params: { path: { link_id: id } } })));
