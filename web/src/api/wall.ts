// What the wall asks of the server beside its socket: phones, who holds them, and files on their way to phones.
import { queryOptions } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll } from "./client";
import { problemFrom, Unreachable } from "./problem";
import type { components } from "./schema";

type Shapes = components["schemas"];
export type Lease = Shapes["Lease"];
export type PastLease = Shapes["PastLease"];

// Battery and what is in front change without an event of one's own.
const OFTEN = 5_000;

const of = (id: string) => ({ params: { path: { phone_id: id } } });

/** Every phone that the person sees, whichever client is chosen: its number on the wall is its place among all. */
export const wallPhonesQuery = queryOptions({
  queryKey: ["phones", "wall"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/phones", { params: { query: { cursor } } }))),
  select: (page) => page.items,
  refetchInterval: OFTEN,
});

export const takePhone = (id: string): Promise<Lease> => ask(api.POST("/api/v1/phones/{phone_id}/lease", of(id)));

export const releasePhone = (id: string, epoch: number): Promise<unknown> =>
  ask(api.POST("/api/v1/phones/{phone_id}/lease/release", { ...of(id), body: { epoch }, keepalive: true }));

/** How the lease of this epoch ended, or null where it did not or is forgotten. */
export async function endedLease(id: string, epoch: number): Promise<PastLease | null> {
  const { path } = of(id).params;
  const found = await ask(api.GET("/api/v1/phones/{phone_id}/leases", { params: { path, query: { limit: 10 } } }));
  return found.items.find((one) => one.epoch === epoch) ?? null;
}

export const useAskForPhone = () =>
  useChange(
    ({ id, note }: { id: string; note: string }) =>
      ask(api.POST("/api/v1/phones/{phone_id}/lease/asking", { ...of(id), body: { note } })),
    ["phones"],
  );

export const useHandOver = () =>
  useChange(
    ({ id, epoch }: { id: string; epoch: number }) =>
      ask(api.POST("/api/v1/phones/{phone_id}/lease/hand-over", { ...of(id), body: { epoch } })),
    ["phones"],
  );

export const useBreakIn = () =>
  useChange(
    ({ id, why }: { id: string; why: string }) =>
      ask(api.POST("/api/v1/phones/{phone_id}/lease/break-in", { ...of(id), body: { why } })),
    ["phones"],
  );

/** The answer to being asked whether one is still there. */
export const useStillThere = () =>
  useChange(
    (phones: readonly { id: string; epoch: number }[]) =>
      Promise.all(
        phones.map(({ id, epoch }) =>
          ask(api.POST("/api/v1/phones/{phone_id}/lease/renewal", { ...of(id), body: { epoch, touched: true } })),
        ),
      ),
    ["phones"],
  );

/** Uploads a file for phones, once for all of them; gives its id. `fetch` tells no progress, so XMLHttpRequest. */
export function uploadForPhones(file: File, progress: (percent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/phones/files?name=${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => progress(Math.round((100 * loaded) / Math.max(1, total)));
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      const body: unknown = request.response;
      const id = typeof body === "object" && body !== null && "id" in body ? body.id : null;
      if (request.status < 300 && typeof id === "string") resolve(id);
      else reject(problemFrom(request.status, body));
    };
    request.send(file);
  });
}
