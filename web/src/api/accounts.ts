// Accounts: linked, connected again, unlinked; their state, its history, and their pace.
import { infiniteQueryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, ifMatch } from "./client";
import type { components } from "./schema";
import type { Account, AccountMove, Page } from "./shapes";

type Bodies = components["schemas"];
/** What is left out stays, whatever the generated type calls required. */
type PaceChange = Bodies["PaceChange"];

/** What an account's state and pace decide about: also which days have room. */
const STATE = ["accounts", "posts"];

const of = (id: string) => ({ account_id: id });
const seen = (account: Account) => ({ path: of(account.id), header: ifMatch(account.version) });

/** How an account came to its state, the newest move first. */
export const movesQuery = (account: string) =>
  infiniteQueryOptions({
    queryKey: ["accounts", "moves", account],
    queryFn: ({ pageParam }): Promise<Page<AccountMove>> =>
      ask(
        api.GET("/api/v1/accounts/{account_id}/moves", {
          params: { path: of(account), query: { limit: 12, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const useMoveAccount = () =>
  useChange(
    ({ account, ...body }: Bodies["AccountMoveForm"] & { account: Account }) =>
      ask(api.POST("/api/v1/accounts/{account_id}/moves", { params: seen(account), body })),
    STATE,
  );

export const useReverseMove = () =>
  useChange(
    ({ account, why }: { account: Account; why: string }) =>
      ask(api.POST("/api/v1/accounts/{account_id}/reversal", { params: seen(account), body: { why } })),
    STATE,
  );

export const useChangePace = () =>
  useChange(
    ({ account, ...change }: Partial<PaceChange> & { account: Account }) =>
      ask(api.PATCH("/api/v1/accounts/{account_id}/pace", { params: seen(account), body: change as PaceChange })),
    STATE,
  );

export const useLinkAccount = () =>
  useChange(
    ({ client, ...body }: Bodies["NewAccount"] & { client?: string }) =>
      ask(api.POST("/api/v1/accounts", { params: { query: { client } }, body })),
    ["accounts"],
  );

/** Where to go to let us in on a Mastodon server. */
export const useBeginLink = () =>
  useChange(
    ({ client, ...body }: Bodies["NewAuthorisation"] & { client?: string }) =>
      ask(api.POST("/api/v1/accounts/authorisations", { params: { query: { client } }, body })),
    [],
  );

export const useBeginReconnect = () =>
  useChange(
    (id: string) => ask(api.POST("/api/v1/accounts/{account_id}/authorisation", { params: { path: of(id) } })),
    [],
  );

export const useReconnectAccount = () =>
  useChange(
    ({ id, ...body }: Bodies["Reconnection"] & { id: string }) =>
      ask(api.POST("/api/v1/accounts/{account_id}/connection", { params: { path: of(id) }, body })),
    ["accounts"],
  );

export const useUnlinkAccount = () =>
  useChange(
    (id: string) => ask(api.DELETE("/api/v1/accounts/{account_id}", { params: { path: of(id) } })),
    ["accounts"],
  );
