// The cache of server answers and how patient it is.
import { QueryClient } from "@tanstack/react-query";
import { ApiProblem, Unreachable } from "@/api/problem";

export function makeCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: "always",
        retry: (failures, error) => {
          if (error instanceof ApiProblem) return error.status >= 500 && failures < 1;
          return error instanceof Unreachable && failures < 2;
        },
        retryDelay: (failures) => Math.min(4000, 400 * 2 ** failures),
      },
      mutations: { networkMode: "always" },
    },
  });
}
