// Tags and groups as they are typed: commas part them, and none is cut. Pure.

/** What the server takes, in characters. */
const LONGEST = 40;

/** The words with those typed after them, each once. */
export function added(words: readonly string[], typed: string): string[] {
  const more = typed.split(",").map((one) => one.trim());
  return [...new Set([...words, ...more.filter(Boolean)])];
}

/** What is wrong with words of which one is longer than may be; null where none is. */
export function tooLongWords(words: readonly string[]): string | null {
  const long = words.find((one) => [...one].length > LONGEST);
  if (long === undefined) return null;
  const letters = [...long];
  return `“${letters.slice(0, 16).join("")}…” has ${letters.length} characters; at most ${LONGEST} fit. Backspace takes the last one back to shorten it.`;
}
