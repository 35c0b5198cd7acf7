// Which phones the wall shows: by client, tag, group, state, platform, and what was typed. Pure.
import type { LabPhone } from "./phones";

export interface Filters {
  tag?: string;
  group?: string;
  state?: LabPhone["state"];
  platform?: LabPhone["platform"];
  q?: string;
}

export const STATES: readonly { value: LabPhone["state"]; label: string }[] = [
  { value: "active", label: "Active" },
  { value: "maintenance", label: "In maintenance" },
  { value: "offline", label: "Offline" },
  { value: "failed", label: "Failed" },
  { value: "quarantined", label: "Quarantined" },
];

export const PLATFORMS = [
  { value: "android", label: "Android" },
  { value: "ios", label: "iPhone" },
] as const;

/** A phone with the number that people call it by: its place among all, whatever is filtered. */
export interface Numbered {
  number: number;
  phone: LabPhone;
}

export function numbered(phones: readonly LabPhone[]): readonly Numbered[] {
  return phones.map((phone, index) => ({ number: index + 1, phone }));
}

export function filtered(
  phones: readonly Numbered[],
  { tag, group, state, platform, q }: Filters,
  client?: string,
): readonly Numbered[] {
  const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return phones.filter(
    ({ number, phone }) =>
      (client === undefined || phone.client_id === client) &&
      (tag === undefined || phone.tags.includes(tag)) &&
      (group === undefined || phone.groups.includes(group)) &&
      (state === undefined || phone.state === state) &&
      (platform === undefined || phone.platform === platform) &&
      words.every((word) => word === String(number) || textOf(phone).includes(word)),
  );
}

export function countFilters({ tag, group, state, platform, q }: Filters): number {
  return [tag, group, state, platform, q].filter((one) => one !== undefined && one !== "").length;
}

/** Every tag and group there is, in order. */
export function labelsOf(phones: readonly Numbered[], what: "tags" | "groups"): readonly string[] {
  return [...new Set(phones.flatMap(({ phone }) => phone[what]))].sort((a, b) => a.localeCompare(b));
}

function textOf({ name, label, model, system, serial, tags, groups, lease }: LabPhone): string {
  return [name, label, model, system, serial, ...tags, ...groups, lease?.holder_name ?? ""].join("\n").toLowerCase();
}

/** An id by its end, which is chance: short enough for an address that names sixty. */
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
