// Why no phone is shown to somebody, and what they can do about it. Pure.
import type { Session } from "@/api/shapes";

export interface Lack {
  title: string;
  words: string;
  /** Where the way out leads; null where somebody else has to act. */
  way: "agents" | "phones of others" | null;
}

/** `client`: the name of the chosen one; `others`: how many phones the person sees that are not that client's. */
export function lackOf({ user, clients }: Session, client: string | undefined, others: number): Lack {
  const rules = user.role === "super";
  if (client === undefined || (rules && others === 0)) {
    if (rules) return NO_AGENT;
    return clients.length === 0 ? NO_CLIENT : { ...NOT_GIVEN, title: `No phone was given to ${whose(clients)} yet` };
  }
  const gives = rules || clients.filter((one) => one.permissions.includes("manage")).length > 1;
  const title = `No phone was given to ${client} yet`;
  if (others === 0 || !gives) return { ...NOT_GIVEN, title };
  return { title, words: "Select some in the list of all phones and give them to it.", way: "phones of others" };
}

const NO_AGENT: Lack = {
  title: "No phone is here yet",
  words: "An agent on the computer with the phones shows them here; a new phone then waits to be given to a client.",
  way: "agents",
};

const NOT_GIVEN: Omit<Lack, "title"> = {
  words: "Phones are given to clients by a super user of your organisation. Ask one for some; they then stand here.",
  way: null,
};

const NO_CLIENT: Lack = {
  title: "You have no client yet",
  words: "Who sees a client sees its phones. Ask a super user of your organisation to give you one.",
  way: null,
};

const whose = (clients: Session["clients"]) =>
  clients.length === 1 && clients[0] ? clients[0].name : "any of your clients";
