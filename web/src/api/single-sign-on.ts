// Identity providers: the way out to one, and the settings of them all.
import { queryOptions, useMutation } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];
export type Provider = Bodies["Provider"];
export type ProviderOffered = Bodies["ProviderOffered"];
export type ProviderCheck = Bodies["ProviderCheck"];
export type NewProvider = Bodies["NewProvider"];

/** Leaves this site for the provider's; the promise is fulfilled only when the browser is on its way. */
export const useLeaveForProvider = () =>
  useMutation({
    mutationFn: async ({ id, to }: { id: string; to: string }) => {
      const path = { provider_id: id };
      const { address } = await ask(api.POST("/api/v1/session/oidc/{provider_id}", { params: { path }, body: { to } }));
      location.assign(address);
    },
  });

/** The same, to show again who one is; `code` when an authenticator app is set up. */
export const useConfirmAtProvider = () =>
  useMutation({
    mutationFn: async ({ id, code }: { id: string; code: string | null }) => {
      const body = { to: location.pathname + location.search, code };
      const path = { provider_id: id };
      const { address } = await ask(api.POST("/api/v1/session/confirm/{provider_id}", { params: { path }, body }));
      location.assign(address);
    },
  });

/** The same, to say which account there is one's own. */
export const useTieProvider = () =>
  useMutation({
    mutationFn: async (id: string) => {
      const body = { to: location.pathname + location.search };
      const params = { path: { provider_id: id } };
      const { address } = await ask(api.POST("/api/v1/profile/sign-in/providers/{provider_id}", { params, body }));
      location.assign(address);
    },
  });

export const providersQuery = queryOptions({
  queryKey: ["identity-providers"],
  queryFn: () => ask(api.GET("/api/v1/identity-providers")),
  select: (page) => page.items,
});

const useProviderChange = <Output, Input>(change: (input: Input) => Promise<Output>) =>
  useChange(change, ["identity-providers", "sign-in"]);

export const useAddProvider = () =>
  useProviderChange((body: NewProvider) => ask(api.POST("/api/v1/identity-providers", { body })));

export const useChangeProvider = () =>
  useProviderChange(({ id, version, ...body }: Bodies["ProviderChange"] & { id: string; version: number }) =>
    ask(
      api.PATCH("/api/v1/identity-providers/{provider_id}", {
        params: { path: { provider_id: id }, header: { "If-Match": `"${version}"` } },
        body,
      }),
    ),
  );

export const useRemoveProvider = () =>
  useProviderChange((id: string) =>
    ask(api.DELETE("/api/v1/identity-providers/{provider_id}", { params: { path: { provider_id: id } } })),
  );

export const useCheckProvider = () =>
  useMutation({
    mutationFn: (id: string) =>
      ask(api.POST("/api/v1/identity-providers/{provider_id}/check", { params: { path: { provider_id: id } } })),
  });
