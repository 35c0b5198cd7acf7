// Keys of external services: what is there, without the values, and which clients may use the organisation's.
import { queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];
export type Service = Bodies["Service"];
export type ServiceKey = Bodies["ServiceKey"];
export type ServiceShare = Bodies["ServiceShare"];

export const servicesQuery = queryOptions({
  queryKey: ["services"],
  queryFn: () => ask(api.GET("/api/v1/services")),
  select: (page) => page.items,
  staleTime: Infinity,
});

export const serviceKeysQuery = queryOptions({
  queryKey: ["service-keys"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/service-keys", { params: { query: { cursor } } }))),
  select: (page) => page.items,
});

export const serviceSharesQuery = queryOptions({
  queryKey: ["service-shares"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/service-shares", { params: { query: { cursor } } }))),
  select: (page) => page.items,
});

const useKeyChange = <Input, Output>(change: (input: Input) => Promise<Output>) =>
  useChange(change, ["service-keys", "service-shares"]);

export const useCreateServiceKey = () =>
  useKeyChange((body: Bodies["NewServiceKey"]) => ask(api.POST("/api/v1/service-keys", { body })));

export const useChangeServiceKey = () =>
  useKeyChange(({ id, version, ...body }: Bodies["ServiceKeyChange"] & { id: string; version: number }) =>
    ask(
      api.PATCH("/api/v1/service-keys/{service_key_id}", {
        params: { path: { service_key_id: id }, header: ifMatch(version) },
        body,
      }),
    ),
  );

export const useDeleteServiceKey = () =>
  useKeyChange((id: string) =>
    ask(api.DELETE("/api/v1/service-keys/{service_key_id}", { params: { path: { service_key_id: id } } })),
  );

export const useShareServiceKey = () =>
  useKeyChange(({ client, ...body }: Bodies["ServiceShareChange"] & { client: string }) =>
    ask(api.PUT("/api/v1/clients/{client_id}/service-shares", { params: { path: { client_id: client } }, body })),
  );
