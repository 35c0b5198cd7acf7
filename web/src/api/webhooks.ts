// Outgoing webhooks: who is told what happens, and what they answered.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];
export type Webhook = Bodies["Webhook"];
export type Delivery = Bodies["Delivery"];

/** Deliveries happen by themselves, seconds after what they tell of. */
const LOOK_AGAIN = 4_000;

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/webhooks", { params: { query: { cursor } } }))),
  select: (page) => page.items,
  refetchInterval: (query) => (query.state.data?.items.some((one) => one.waiting > 0) ? LOOK_AGAIN : false),
});

export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["webhooks", id, "deliveries"],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/webhooks/{webhook_id}/deliveries", {
          params: { path: { webhook_id: id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
    refetchInterval: LOOK_AGAIN,
  });

const useWebhookChange = <Input, Output>(change: (input: Input) => Promise<Output>) => useChange(change, ["webhooks"]);

export const useCreateWebhook = () =>
  useWebhookChange((body: Bodies["NewWebhook"]) => ask(api.POST("/api/v1/webhooks", { body })));

export const useChangeWebhook = () =>
  useWebhookChange(({ id, version, ...body }: Bodies["WebhookChange"] & { id: string; version: number }) =>
    ask(
      api.PATCH("/api/v1/webhooks/{webhook_id}", {
        params: { path: { webhook_id: id }, header: ifMatch(version) },
        body,
      }),
    ),
  );

const at = (id: string) => ({ params: { path: { webhook_id: id } } });

export const useDeleteWebhook = () =>
  useWebhookChange((id: string) => ask(api.DELETE("/api/v1/webhooks/{webhook_id}", at(id))));

export const useRotateSecret = () =>
  useWebhookChange((id: string) => ask(api.POST("/api/v1/webhooks/{webhook_id}/secret", at(id))));

export const useTestWebhook = () =>
  useWebhookChange((id: string) => ask(api.POST("/api/v1/webhooks/{webhook_id}/test", at(id))));

export const useSendAgain = () =>
  useWebhookChange(({ webhook, delivery }: { webhook: string; delivery: string }) =>
    ask(
      api.POST("/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/send-again", {
        params: { path: { webhook_id: webhook, delivery_id: delivery } },
      }),
    ),
  );
