// Hashtags as people type them: with or without #, separated by anything.

/** Distinct tags without `#`, in the order given. */
export function readHashtags(text: string): string[] {
  const tags = text
    .split(/[\s,;]+/)
    .flatMap((word) => word.split("#"))
    .map((word) => word.replace(/[^\p{L}\p{M}\p{N}_]/gu, ""))
    .filter((word) => word !== "");
  const seen = new Set<string>();
  return tags.filter((tag) => {
    const key = tag.toLocaleLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function showHashtags(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag.replace(/^#/, "")}`).join(" ");
}
