// The organisation, its clients and its users.
import { queryOptions, useMutation } from "@tanstack/react-query";
import { useChange } from "./change";
import { api, ask, askAll, ifMatch } from "./client";
import type { components } from "./schema";

type Bodies = components["schemas"];

export const clientsQuery = queryOptions({
  queryKey: ["clients"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/clients", { params: { query: { cursor } } }))),
  select: (page) => page.items,
});

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: () => askAll((cursor) => ask(api.GET("/api/v1/users", { params: { query: { cursor } } }))),
  select: (page) => page.items,
});

/** Whoever is changed may be the one who looks. */
const usePeopleChange = <Input, Output>(change: (input: Input) => Promise<Output>) =>
  useChange(change, ["clients", "users", "session"]);

export const useCreateClient = () =>
  usePeopleChange((body: Bodies["NewClient"]) => ask(api.POST("/api/v1/clients", { body })));

export const useChangeClient = () =>
  usePeopleChange(({ id, version, ...body }: Bodies["ClientChange"] & { id: string; version: number }) =>
    ask(
      api.PATCH("/api/v1/clients/{client_id}", { params: { path: { client_id: id }, header: ifMatch(version) }, body }),
    ),
  );

export const useInviteUser = () =>
  usePeopleChange((body: Bodies["NewUser"]) => ask(api.POST("/api/v1/users", { body })));

export const useChangeUser = () =>
  usePeopleChange(({ id, version, ...body }: Bodies["UserChange"] & { id: string; version: number }) =>
    ask(api.PATCH("/api/v1/users/{user_id}", { params: { path: { user_id: id }, header: ifMatch(version) }, body })),
  );

export const useUserLink = () =>
  useMutation({
    mutationFn: (id: string) => ask(api.POST("/api/v1/users/{user_id}/link", { params: { path: { user_id: id } } })),
  });

export const useChangeOrganisation = () =>
  usePeopleChange(({ version, ...body }: Bodies["OrganisationChange"] & { version: number }) =>
    ask(api.PATCH("/api/v1/organisation", { params: { header: ifMatch(version) }, body })),
  );

export const useChangeProfile = () =>
  usePeopleChange(({ version, ...body }: Bodies["ProfileChange"] & { version: number }) =>
    ask(api.PATCH("/api/v1/profile", { params: { header: ifMatch(version) }, body })),
  );
