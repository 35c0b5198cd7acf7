// The one way to the server: a client typed by the API's own description, with the session's cookie; what fails
// comes as a typed error.
import createClient from "openapi-fetch";
import { notePlace } from "./place";
import { problemFrom, Unreachable } from "./problem";
import type { paths } from "./schema";

export const api = createClient<paths>({ credentials: "same-origin", fetch: send });

const listeners = new Set<() => void>();

/** Hears of every answer that nobody is signed in, wherever it comes from; steps of a sign-in have other types. */
export function onSignedOut(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was answered; throws ApiProblem or Unreachable. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (response.ok) return data as T;
  const problem = problemFrom(response.status, error);
  const out = response.status === 401 && problem.type.endsWith("/signed-out");
  if (out && !response.url.endsWith("/session")) for (const heard of listeners) heard();
  throw problem;
}

interface Page<T> {
  items: T[];
  next?: string | null;
}

/** All items of a list, page by page; for lists whose whole is needed, as in a choice. */
export async function askAll<T>(ask: (cursor?: string) => Promise<Page<T>>): Promise<Page<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return { items };
}

/** The record's version that a change was made on, as a header. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"${version}"` };
}

async function send(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    notePlace(response);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
}
