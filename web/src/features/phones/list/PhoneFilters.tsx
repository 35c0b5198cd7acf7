// Narrows the phones as one types and chooses.
import { Search } from "lucide-react";
import type { Phone, PhoneState } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { phoneStates } from "../words";
import { type Filter, isNarrowed, NOBODYS, wordsOf } from "./filters";

export function PhoneFilters(props: { filter: Filter; phones: readonly Phone[]; onChange: (filter: Filter) => void }) {
  const { filter, phones, onChange } = props;
  const { session, client } = useScope();
  const set = (change: Filter) => onChange({ ...filter, ...change });
  const agents = new Map(phones.map((one) => [one.agent_id, one.agent_name]));
  const choice = (
    name: string,
    value: string | undefined,
    any: string,
    options: readonly [string, string][],
    to: (value: string | undefined) => Filter,
  ) =>
    (options.length > 0 || value) && (
      <Select
        aria-label={name}
        className="max-md:min-w-28 max-md:flex-1 md:max-w-44"
        value={value ?? ""}
        onChange={(event) => set(to(event.target.value || undefined))}
        options={[{ value: "", label: any }, ...options.map(([id, label]) => ({ value: id, label }))]}
      />
    );
  const same = (words: readonly string[], chosen: string | undefined) =>
    [...new Set([...words, ...(chosen ? [chosen] : [])])].map((one): [string, string] => [one, one]);
  return (
    <>
      <span className="relative min-w-full flex-1 md:max-w-64 md:min-w-40">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2 size-4 -translate-y-1/2 text-ink-3"
          strokeWidth={1.75}
        />
        <TextInput
          type="search"
          aria-label="Find phones"
          placeholder="Name, label, model, tag…"
          className="pl-8"
          value={filter.q ?? ""}
          onChange={(event) => set({ q: event.target.value || undefined })}
        />
      </span>
      {choice(
        "State",
        filter.state,
        "Any state",
        Object.entries(phoneStates).map(([id, told]) => [id, told.word]),
        (state) => ({
          state: state as PhoneState | undefined,
        }),
      )}
      {!client &&
        choice(
          "Client",
          filter.of,
          "Any client",
          [[NOBODYS, "No client yet"], ...session.clients.map((one): [string, string] => [one.id, one.name])],
          (of) => ({ of }),
        )}
      {choice("Tag", filter.tag, "Any tag", same(wordsOf(phones, "tags"), filter.tag), (tag) => ({ tag }))}
      {choice("Group", filter.group, "Any group", same(wordsOf(phones, "groups"), filter.group), (group) => ({
        group,
      }))}
      {(agents.size > 1 || filter.agent) &&
        choice("Agent", filter.agent, "Any agent", [...agents], (agent) => ({ agent }))}
      {isNarrowed(filter) && (
        <Button tone="quiet" onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </>
  );
}
