// The inventory of phones, their agents, and the apps that only a person tends.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type Phone = Shapes["Phone"];
export type PhoneState = Phone["state"];
export type KeptState = Exclude<PhoneState, "offline">;
export type PhoneMoment = Shapes["PhoneMoment"];
export type Agent = Shapes["Agent"];
export type AgentCode = Shapes["AgentCode"];
export type AttendedApp = Shapes["AttendedApp"];
/** What is left out stays, whatever the generated type calls required. */
type Change = Partial<Shapes["PhoneChange"]>;
type ManyChange = Partial<Shapes["PhonesChange"]> & { phones: string[] };

const of = (id: string) => ({ phone_id: id });

export const phoneQuery = (id: string) =>
  queryOptions({
    queryKey: ["phones", "one", id],
    queryFn: () => ask(api.GET("/api/v1/phones/{phone_id}", { params: { path: of(id) } })),
  });

export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["phones", "history", id],
    queryFn: ({ pageParam }): Promise<{ items: PhoneMoment[]; next?: string | null }> =>
      ask(
        api.GET("/api/v1/phones/{phone_id}/history", {
          params: { path: of(id), query: { limit: 12, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const phoneWordsQuery = queryOptions({
  queryKey: ["phones", "words"],
  queryFn: () => ask(api.GET("/api/v1/phones/words")),
});

/** What hangs on each computer's USB. */
export const hubsQuery = queryOptions({
  queryKey: ["phones", "hubs"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/phones/hubs", { params: { query: { cursor } } }))),
});

/** What stands of several phones of one USB hub that went at once. */
export const hubAlarmsQuery = queryOptions({
  ...hubsQuery,
  select: (page) => page.items.flatMap((one) => one.alarms.map((alarm) => ({ agent: one.agent_name, alarm }))),
});

export const useChangePhone = () =>
  useChange(
    ({ phone, ...change }: Change & { phone: Phone }) =>
      ask(
        api.PATCH("/api/v1/phones/{phone_id}", {
          params: { path: of(phone.id), header: ifMatch(phone.version) },
          body: change as Shapes["PhoneChange"],
        }),
      ),
    ["phones"],
  );

export const useChangePhones = () =>
  useChange(
    (change: ManyChange) => ask(api.POST("/api/v1/phones/changes", { body: change as Shapes["PhonesChange"] })),
    ["phones"],
  );

export const useGivePhones = () =>
  useChange((body: Shapes["PhonesGift"]) => ask(api.POST("/api/v1/phones/gifts", { body })), ["phones"]);

// An agent that goes silent tells nobody itself.
const OFTEN = 10_000;

export const agentsQuery = queryOptions({
  queryKey: ["agents"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/agents", { params: { query: { cursor } } }))),
  select: (page) => page.items,
  refetchInterval: OFTEN,
});

export const useMakeAgent = () =>
  useChange((body: Shapes["NewAgent"]) => ask(api.POST("/api/v1/agents", { body })), ["agents"]);

export const useRevokeAgent = () =>
  useChange(
    (id: string) => ask(api.DELETE("/api/v1/agents/{agent_id}", { params: { path: { agent_id: id } } })),
    ["agents", "phones"],
  );

export const attendedQuery = queryOptions({
  queryKey: ["attended"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/attended-apps", { params: { query: { cursor } } }))),
  select: (page) => page.items,
});

export const useAddAttended = () =>
  useChange(
    (body: Shapes["NewAttendedApp"]) => ask(api.POST("/api/v1/attended-apps", { body })),
    ["attended", "phones"],
  );

export const useRemoveAttended = () =>
  useChange(
    (id: string) =>
      ask(api.DELETE("/api/v1/attended-apps/{attended_app_id}", { params: { path: { attended_app_id: id } } })),
    ["attended", "phones"],
  );
