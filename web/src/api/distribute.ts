// One content to many accounts, how it would look there, and posts from a table.
import { queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];
export type Preview = Bodies["Preview"];
export type Outcome = Bodies["Outcome"];
export type Target = Bodies["Target"];
export type Imported = Bodies["Imported"];
export type ImportedRow = Bodies["ImportedRow"];

const STALE = ["posts", "post"] as const;

/** Asked for anew with every word; what was shown of the account stays until the answer comes. */
export const previewQuery = (body: Bodies["Draft"]) =>
  queryOptions({
    queryKey: ["preview", body] as const,
    queryFn: () => ask(api.POST("/api/v1/posts/preview", { body })),
    placeholderData: (before, query) => (query?.queryKey[1].account_id === body.account_id ? before : undefined),
    staleTime: 60_000,
    retry: false,
  });

export const useDistribute = () =>
  useChange(
    (body: Omit<Bodies["Distribution"], "dry">) =>
      ask(api.POST("/api/v1/posts/distribute", { body: { ...body, dry: false } })),
    STALE,
  );

export const TEMPLATE = "/api/v1/posts/import-template";

/** `dry` makes nothing and says what is wrong with which line. */
export const useImport = () =>
  useChange(
    ({ client, text, dry }: { client?: string; text: string; dry: boolean }) =>
      ask(
        api.POST("/api/v1/posts/import", {
          params: { query: { client, dry } },
          body: text,
          bodySerializer: (body: string) => body,
          headers: { "Content-Type": "text/csv" },
        }),
      ),
    STALE,
  );
