// Which phones are shown, in the list and on the wall: by client, state, platform, tag, group, agent and words. Pure.
import type { Phone, PhoneState } from "@/api/inventory";
import type { Option } from "@/ui/Select";
import { phoneStates, platformWord } from "./words";

/** A phone with the number that people call it by: its place among all, whatever is filtered. */
export interface Numbered {
  number: number;
  phone: Phone;
}

export function numbered(phones: readonly Phone[]): readonly Numbered[] {
  return phones.map((phone, index) => ({ number: index + 1, phone }));
}

/** The client that phones of no client have in `of`. */
export const NOBODY = "nobody";

export interface Filters {
  /** What was typed. */
  q?: string;
  state?: PhoneState;
  platform?: Phone["platform"];
  tag?: string;
  group?: string;
  agent?: string;
  /** A client's id, or `NOBODY`. */
  of?: string;
}

/** Every typed word must stand somewhere, or be the number; `client` is the one chosen for all pages. */
export function filtered(
  phones: readonly Numbered[],
  { q, state, platform, tag, group, agent, of }: Filters,
  client?: string,
): readonly Numbered[] {
  const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return phones.filter(
    ({ number, phone }) =>
      (!client || phone.client_id === client) &&
      (!of || (phone.client_id ?? NOBODY) === of) &&
      (!state || phone.state === state) &&
      (!platform || phone.platform === platform) &&
      (!tag || phone.tags.includes(tag)) &&
      (!group || phone.groups.includes(group)) &&
      (!agent || phone.agent_id === agent) &&
      words.every((word) => word === String(number) || textOf(phone).includes(word)),
  );
}

/** Whether it is worth saying whose each phone is: not where all are of the one client that there is. */
export function ownersDiffer(phones: readonly Pick<Phone, "client_id">[], clients: number): boolean {
  return clients > 1 || phones.some((one) => one.client_id === null);
}

export function countFilters({ q, state, platform, tag, group, agent, of }: Filters): number {
  return [q, state, platform, tag, group, agent, of].filter(Boolean).length;
}

/** The tags or groups of these phones, each once, in order. */
export function labelsOf(phones: readonly Phone[], kind: "tags" | "groups"): string[] {
  return [...new Set(phones.flatMap((one) => one[kind]))].sort((a, b) => a.localeCompare(b));
}

export interface Choice {
  name: "state" | "platform" | "tag" | "group" | "agent";
  options: readonly Option[];
}

/** What these phones can be narrowed by; where there is nothing to choose, the choice is left out. */
export function choicesOf(phones: readonly Phone[], filters: Filters): readonly Choice[] {
  const platforms = new Map(phones.map(({ platform }) => [platform, platformWord(platform)]));
  const agents = new Map(phones.map((one) => [one.agent_id, one.agent_name]));
  const all: (Choice & { least: number })[] = [
    {
      name: "state",
      options: Object.entries(phoneStates).map(([value, { word }]) => ({ value, label: word })),
      least: 1,
    },
    { name: "platform", options: optionsOf(platforms), least: 2 },
    { name: "tag", options: labelsOf(phones, "tags").map(same), least: 1 },
    { name: "group", options: labelsOf(phones, "groups").map(same), least: 1 },
    { name: "agent", options: optionsOf(agents), least: 2 },
  ];
  return all.flatMap(({ name, options, least }) => {
    const chosen = filters[name];
    if (!chosen) return options.length < least ? [] : [{ name, options }];
    // What is chosen can be seen and taken back, also where no phone is like that any more.
    const known = options.some(({ value }) => value === chosen);
    return [{ name, options: known ? options : [...options, { value: chosen, label: unknownWord(name, chosen) }] }];
  });
}

const same = (value: string): Option => ({ value, label: value });
const optionsOf = (words: ReadonlyMap<string, string>) => [...words].map(([value, label]) => ({ value, label }));

function unknownWord(name: Choice["name"], chosen: string): string {
  return name === "agent" ? "another agent" : name === "platform" ? platformWord(chosen as Phone["platform"]) : chosen;
}

function textOf({ name, label, model, system, serial, agent_name, tags, groups, lease }: Phone): string {
  return [name, label, model, system, serial, agent_name, lease?.holder_name ?? "", ...tags, ...groups]
    .join("\n")
    .toLowerCase();
}
