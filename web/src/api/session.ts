// Signing in and out, first run, password links.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask } from "./client";
import { isStatus } from "./problem";
import type { components } from "./schema";
import type { Session } from "./shapes";

type Bodies = components["schemas"];

/** Null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await ask(api.GET("/api/v1/session"));
    } catch (error) {
      if (isStatus(error, 401)) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/**
 * `failed` is the reason that a sign-in with a provider came back with; the server has the words for it.
 * `provider` is the one whose own address was opened.
 */
export const signInStateQuery = ({ failed, provider }: { failed?: string; provider?: string }) =>
  queryOptions({
    queryKey: ["sign-in", failed ?? null, provider ?? null],
    queryFn: () => ask(api.GET("/api/v1/sign-in", { params: { query: { failed, provider } } })),
  });

export const onceLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ["once-link", token],
    queryFn: () => ask(api.GET("/api/v1/links-once/{token}", { params: { path: { token } } })),
    staleTime: Infinity,
  });

export function useSessionFrom<Input = void>(start: (body: Input) => Promise<Session>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: start,
    onSuccess: (session) => cache.setQueryData(sessionQuery.queryKey, session),
  });
}

export const useSignIn = () => useSessionFrom((body: Bodies["SignIn"]) => ask(api.POST("/api/v1/session", { body })));

export const useFirstRun = () =>
  useSessionFrom((body: Bodies["FirstRun"]) => ask(api.POST("/api/v1/first-run", { body })));

export const useSetPassword = () =>
  useSessionFrom((body: Bodies["NewPassword"]) => ask(api.POST("/api/v1/password", { body })));

export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => ask(api.DELETE("/api/v1/session")),
    // A fresh start, so that nothing of this person stays in memory.
    onSettled: () => {
      cache.clear();
      location.assign("/sign-in");
    },
  });
}
