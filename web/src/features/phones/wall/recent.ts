// Texts that somebody wished to keep, in this browser only, until they sign out. Pure but for the store that is given.

const NAME = "greenroom.wall.texts";
export const MOST = 8;
/** A longer one is no phrase that is typed again. */
const LONGEST = 500;

type Store = Pick<Storage, "getItem" | "setItem">;

/** Where the texts of one person lie for phones of these clients; null is the phones of no client. */
export function shelfOf(user: string, clients: readonly (string | null)[]): string {
  return [NAME, user, ...new Set(clients.map((one) => one ?? "-").sort())].join(" ");
}

export function recentTexts(store: Store, shelf: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(shelf) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** The newest first, each once. */
export function keepText(store: Store, shelf: string, text: string): readonly string[] {
  const before = recentTexts(store, shelf);
  if (!text.trim() || text.length > LONGEST) return before;
  return put(store, shelf, [text, ...before.filter((one) => one !== text)].slice(0, MOST));
}

export function forgetText(store: Store, shelf: string, text: string): readonly string[] {
  return put(
    store,
    shelf,
    recentTexts(store, shelf).filter((one) => one !== text),
  );
}

/** Everybody's: the next person at this browser finds none. */
export function forgetAll(store: Pick<Storage, "length" | "key" | "removeItem">): void {
  const names = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const name of names) if (name?.startsWith(NAME)) store.removeItem(name);
}

function put(store: Store, shelf: string, texts: readonly string[]): readonly string[] {
  try {
    store.setItem(shelf, JSON.stringify(texts));
  } catch {
    // A browser that keeps nothing still types.
  }
  return texts;
}
