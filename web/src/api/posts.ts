// Posts: content bound for one account at one time; and the accounts they go to.
import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";
import type { Page, Post, PostState, WallMoment } from "./shapes";

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

/** Every post of a stretch of time, however many pages they fill. */
export const calendarQuery = (filter: Required<Pick<PostFilter, "from" | "to">> & Pick<PostFilter, "client">) =>
  queryOptions({
    queryKey: ["posts", "calendar", filter] as const,
    queryFn: () =>
      askAll((cursor) => ask(api.GET("/api/v1/posts", { params: { query: { ...filter, limit: 200, cursor } } }))),
    select: (page) => page.items,
    // The days before stay in sight while the next ones come, but never those of another client.
    placeholderData: (before, query) => (query?.queryKey[2].client === filter.client ? before : undefined),
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

export const useChangePost = () =>
  usePostAct(({ id, version, ...body }: Bodies["PostChange"] & { id: string; version: number }) =>
    ask(api.PATCH("/api/v1/posts/{post_id}", { params: { path: of(id), header: ifMatch(version) }, body })),
  );

/** The answer is the post with the correction under way; what became of it is told by events. */
export const useCorrectPost = () =>
  usePostAct(({ id, version, caption }: { id: string; version: number; caption: string }) =>
    ask(
      api.POST("/api/v1/posts/{post_id}/correct", {
        params: { path: of(id), header: ifMatch(version) },
        body: { caption },
      }),
    ),
  );

interface Move {
  post: Post;
  at: WallMoment;
  /** The instant that `at` means, to show it there at once. */
  due: string;
  /** Also where the same is there already, or near. */
  again?: boolean;
}

/** Shows the post at its new time before the server has agreed, and where it was when the server refuses. */
export function useMovePost() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ post, at, again }: Move) =>
      ask(
        api.PATCH("/api/v1/posts/{post_id}", {
          params: { path: of(post.id), header: ifMatch(post.version) },
          body: again ? { at, again } : { at },
        }),
      ),
    onMutate: async ({ post, at, due }) => {
      await cache.cancelQueries({ queryKey: ["posts", "calendar"] });
      write(cache, { ...post, wall_time: at.wall, zone: at.zone, due_at: due });
    },
    onSuccess: (post) => write(cache, post),
    onError: (_error, { post }) => write(cache, post),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ["posts"] });
      void cache.invalidateQueries({ queryKey: ["post"] });
    },
  });
}

function write(cache: QueryClient, post: Post) {
  cache.setQueriesData<Page<Post>>(
    { queryKey: ["posts", "calendar"] },
    (page) => page && { ...page, items: page.items.map((one) => (one.id === post.id ? post : one)) },
  );
}

export type PostVerb = "cancel" | "publish" | "take-down";

export const usePostVerb = () =>
  usePostAct(({ id, verb }: { id: string; verb: PostVerb }) => {
    const params = { params: { path: of(id) } };
    if (verb === "cancel") return ask(api.POST("/api/v1/posts/{post_id}/cancel", params));
    if (verb === "publish") return ask(api.POST("/api/v1/posts/{post_id}/publish", params));
    return ask(api.POST("/api/v1/posts/{post_id}/take-down", params));
  });

/** Publishes although the same is on the account already, or was a few hours ago: a person said so. */
export const usePublishAgain = () =>
  usePostAct(async ({ id, version }: { id: string; version: number }) => {
    const path = of(id);
    const params = { path, header: ifMatch(version) };
    await ask(api.PATCH("/api/v1/posts/{post_id}", { params, body: { again: true } }));
    return ask(api.POST("/api/v1/posts/{post_id}/publish", { params: { path } }));
  });

/** A person says what became of a post whose outcome nobody knows. */
export const useResolvePost = () =>
  usePostAct(({ id, ...body }: Bodies["Resolution"] & { id: string }) =>
    ask(api.POST("/api/v1/posts/{post_id}/resolve", { params: { path: of(id) }, body })),
  );
