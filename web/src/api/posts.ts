// Posts: content bound for one account at one time; and the accounts they go to.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";
import type { PostState } from "./shapes";

type Bodies = components["schemas"];

export interface PostFilter {
  client?: string;
  from?: string;
  to?: string;
  state?: PostState[];
  content?: string;
  account?: string;
}

export const accountsQuery = (client?: string) =>
  queryOptions({
    queryKey: ["accounts", { client }],
    queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/accounts", { params: { query: { client, cursor } } }))),
    select: (page) => page.items,
  });

export const postsQuery = (filter: PostFilter) =>
  queryOptions({
    queryKey: ["posts", filter],
    queryFn: () => ask(api.GET("/api/v1/posts", { params: { query: { ...filter, limit: 200 } } })),
    select: (page) => page.items,
  });

const of = (id: string) => ({ post_id: id });

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: ["post", id],
    queryFn: () => ask(api.GET("/api/v1/posts/{post_id}", { params: { path: of(id) } })),
  });

function usePostAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ["posts"] });
      void cache.invalidateQueries({ queryKey: ["post"] });
    },
  });
}

/** `at: null` means now. */
export const useCreatePost = () =>
  usePostAct(({ client, ...body }: Omit<Bodies["NewPost"], "again"> & { client?: string }) =>
    ask(api.POST("/api/v1/posts", { params: { query: { client } }, body: { ...body, again: false } })),
  );

export const useChangePost = () =>
  usePostAct(({ id, version, ...body }: Bodies["PostChange"] & { id: string; version: number }) =>
    ask(api.PATCH("/api/v1/posts/{post_id}", { params: { path: of(id), header: ifMatch(version) }, body })),
  );

export type PostVerb = "cancel" | "publish" | "take-down";

export const usePostVerb = () =>
  usePostAct(({ id, verb }: { id: string; verb: PostVerb }) => {
    const params = { params: { path: of(id) } };
    if (verb === "cancel") return ask(api.POST("/api/v1/posts/{post_id}/cancel", params));
    if (verb === "publish") return ask(api.POST("/api/v1/posts/{post_id}/publish", params));
    return ask(api.POST("/api/v1/posts/{post_id}/take-down", params));
  });

/** A person says what became of a post whose outcome nobody knows. */
export const useResolvePost = () =>
  usePostAct(({ id, ...body }: Bodies["Resolution"] & { id: string }) =>
    ask(api.POST("/api/v1/posts/{post_id}/resolve", { params: { path: of(id) }, body })),
  );
