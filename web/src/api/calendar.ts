// What the calendar shows beside posts: how much room accounts have, and which of their queue slots are free.
import { queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];
export type DayRoom = Bodies["DayRoom"];
export type FreeSlot = Bodies["FreeSlot"];
export type Slot = Bodies["Slot"];

export interface DayRange {
  client?: string;
  from: string;
  to: string;
}

// Both begin with "posts", so that whatever changes a post makes them stale too.
export const roomQuery = (range: DayRange) =>
  queryOptions({
    queryKey: ["posts", "room", range],
    queryFn: () => ask(api.GET("/api/v1/calendar/room", { params: { query: range } })),
    select: (page) => page.items,
  });

export const freeSlotsQuery = (account: string, range: Omit<DayRange, "client">) =>
  queryOptions({
    queryKey: ["posts", "free-slots", account, range],
    queryFn: () =>
      ask(
        api.GET("/api/v1/accounts/{account_id}/free-slots", {
          params: { path: { account_id: account }, query: range },
        }),
      ),
    select: (page) => page.items,
  });

export const slotsQuery = (account: string) =>
  queryOptions({
    queryKey: ["slots", account],
    queryFn: () => ask(api.GET("/api/v1/slots", { params: { query: { account } } })),
    select: (page) => page.items,
  });

export const useAddSlot = () =>
  useChange((body: Bodies["NewSlot"]) => ask(api.POST("/api/v1/slots", { body })), ["slots", "posts"]);

export const useRemoveSlot = () =>
  useChange(
    (id: string) => ask(api.DELETE("/api/v1/slots/{slot_id}", { params: { path: { slot_id: id } } })),
    ["slots", "posts"],
  );
