// Which phones the list shows: by client, state, tag, group, platform, agent, and what was typed. Pure.
import type { Phone, PhoneState } from "@/api/inventory";

export const NOBODYS = "nobody";

export interface Filter {
  q?: string;
  state?: PhoneState;
  /** A client's id, or `nobody`. */
  of?: string;
  tag?: string;
  group?: string;
  platform?: Phone["platform"];
  agent?: string;
}

/** Every typed word has to stand somewhere; `client` is the one chosen above. */
export function shownPhones(phones: readonly Phone[], filter: Filter, client?: string): Phone[] {
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return phones.filter(
    (one) =>
      (client === undefined || one.client_id === client) &&
      (!filter.of || (filter.of === NOBODYS ? one.client_id === null : one.client_id === filter.of)) &&
      (!filter.state || one.state === filter.state) &&
      (!filter.tag || one.tags.includes(filter.tag)) &&
      (!filter.group || one.groups.includes(filter.group)) &&
      (!filter.platform || one.platform === filter.platform) &&
      (!filter.agent || one.agent_id === filter.agent) &&
      words.every((word) => haystack(one).includes(word)),
  );
}

function haystack(one: Phone): string {
  const holder = one.lease?.holder_name ?? "";
  return [one.name, one.label, one.model, one.system, one.serial, one.agent_name, holder, ...one.tags, ...one.groups]
    .join("\n")
    .toLowerCase();
}

/** Whether anything is narrowed. */
export const isNarrowed = ({ q, state, of, tag, group, platform, agent }: Filter) =>
  [q, state, of, tag, group, platform, agent].some(Boolean);

/** The tags or groups of these phones, each once. */
export function wordsOf(phones: readonly Phone[], kind: "tags" | "groups"): string[] {
  return [...new Set(phones.flatMap((one) => one[kind]))].sort((a, b) => a.localeCompare(b));
}
