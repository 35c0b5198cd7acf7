// Accounts on platforms elsewhere: linked, connected again, paused, unlinked.
import { useChange } from "./change";
import { api, ask, ifMatch } from "./client";
import type { components } from "./schema";
import type { Account } from "./shapes";

type Bodies = components["schemas"];

const of = (id: string) => ({ account_id: id });

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

export const usePauseAccount = () =>
  useChange(
    ({ account, paused }: { account: Account; paused: boolean }) =>
      ask(
        api.PATCH("/api/v1/accounts/{account_id}", {
          params: { path: of(account.id), header: ifMatch(account.version) },
          body: { paused },
        }),
      ),
    ["accounts"],
  );

export const useUnlinkAccount = () =>
  useChange(
    (id: string) => ask(api.DELETE("/api/v1/accounts/{account_id}", { params: { path: of(id) } })),
    ["accounts"],
  );
