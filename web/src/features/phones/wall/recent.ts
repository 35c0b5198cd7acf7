// Texts that were typed lately, in this browser only. Pure but for the store that is given.

const NAME = "greenroom.wall.texts";
export const MOST = 8;
/** A longer one is no phrase that is typed again. */
const LONGEST = 500;

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function recentTexts(store: Store): readonly string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(NAME) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** The newest first, each once. */
export function keepText(store: Store, text: string): readonly string[] {
  if (!text.trim() || text.length > LONGEST) return recentTexts(store);
  return put(store, [text, ...recentTexts(store).filter((one) => one !== text)].slice(0, MOST));
}

export function forgetText(store: Store, text: string): readonly string[] {
  return put(
    store,
    recentTexts(store).filter((one) => one !== text),
  );
}

function put(store: Store, texts: readonly string[]): readonly string[] {
  try {
    store.setItem(NAME, JSON.stringify(texts));
  } catch {
    // A browser that keeps nothing still types.
  }
  return texts;
}
