// A change of what the server has: what it makes stale is asked for again.
import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Sends `change`; afterwards every query whose key begins with one of `stale` is fetched anew. */
export function useChange<Output, Input = void>(change: (input: Input) => Promise<Output>, stale: readonly string[]) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(stale.map((name) => cache.invalidateQueries({ queryKey: [name] }))),
  });
}
