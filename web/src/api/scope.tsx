// Who is signed in and which client is chosen, for every page below.
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { browserZone } from "@/lib/zones";
import type { Permission, Session, SessionClient } from "./shapes";

export interface Scope {
  session: Session;
  /** The chosen client, or null for all of them. */
  client: SessionClient | null;
  /** `client.id`, as lists and creations take it. */
  clientId: string | undefined;
  /** The zone in which the viewer reads times. */
  zone: string;
  clientOf: (id: string) => SessionClient | undefined;
  /** Whether the person may do this for that client (the chosen one, else any). */
  may: (permission: Permission, clientId?: string) => boolean;
}

const Context = createContext<Scope | null>(null);

export function ScopeProvider(props: { session: Session; clientId: string | undefined; children: ReactNode }) {
  const { session, clientId } = props;
  const scope = useMemo(() => makeScope(session, clientId), [session, clientId]);
  return <Context value={scope}>{props.children}</Context>;
}

export function useScope(): Scope {
  const scope = useContext(Context);
  if (!scope) throw new Error("useScope() needs a signed-in page around it");
  return scope;
}

/** The viewer's zone; the browser's where nobody is signed in. */
export function useZone(): string {
  return useContext(Context)?.zone ?? browserZone();
}

export function makeScope(session: Session, clientId: string | undefined): Scope {
  const clientOf = (id: string) => session.clients.find((client) => client.id === id);
  const client = (clientId && clientOf(clientId)) || null;
  return {
    session,
    client,
    clientId: client?.id,
    zone: session.user.zone || browserZone(),
    clientOf,
    may: (permission, id) => {
      const asked = id ? [clientOf(id)] : client ? [client] : session.clients;
      return asked.some((one) => one?.permissions.includes(permission));
    },
  };
}

/** Whether the frame of the desk is around this; pages before the sign-in have none. */
export function useAtDesk(): boolean {
  return useContext(Context) !== null;
}
