// Phones in the wall's address: each by the end of its id, which is chance and short enough to name sixty. Pure.

const END = 12;

export function idsInAddress(ids: Iterable<string>): string | undefined {
  const all = [...ids];
  return all.length ? all.map((id) => id.slice(-END)).join(".") : undefined;
}

/** Those of `there` that an address names; what nobody knows is left out. */
export function idsFromAddress(address: string | undefined, there: readonly string[]): readonly string[] {
  const named = new Set((address ?? "").split("."));
  return there.filter((id) => named.has(id.slice(-END)));
}
