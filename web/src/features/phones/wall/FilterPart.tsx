// Which phones the wall shows.
import { Search, X } from "lucide-react";
import { Button } from "@/ui/Button";
import { TextInput } from "@/ui/Field";
import { Section } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { countFilters, type Filters, labelsOf, type Numbered, PLATFORMS, STATES } from "./filters";

interface Props {
  filters: Filters;
  /** All there are, whatever is filtered. */
  all: readonly Numbered[];
  clients: readonly { id: string; name: string }[];
  client: string | undefined;
  onChange: (filters: Filters) => void;
  onClient: (client: string | undefined) => void;
}

export function FilterPart({ filters, all, clients, client, onChange, onClient }: Props) {
  const withPhones = clients.filter((one) => all.some(({ phone }) => phone.client_id === one.id));
  const choice = (name: keyof Filters, every: string, options: readonly { value: string; label: string }[]) =>
    options.length > (filters[name] ? 0 : 1) && (
      <Select
        small
        aria-label={every}
        value={filters[name] ?? ""}
        options={[{ value: "", label: every }, ...options]}
        onChange={(event) => onChange({ ...filters, [name]: event.target.value || undefined } as Filters)}
      />
    );
  const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const platforms = PLATFORMS.filter(({ value }) => all.some(({ phone }) => phone.platform === value));
  return (
    <Section
      title="Show"
      aside={
        countFilters(filters) > 0 && (
          <Button small tone="quiet" icon={X} className="-my-1" onClick={() => onChange({})}>
            All
          </Button>
        )
      }
    >
      <div role="group" aria-label="Filters" className="grid grid-cols-2 gap-2">
        <label className="relative col-span-2">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2 size-4 -translate-y-1/2 text-ink-3"
            strokeWidth={1.75}
          />
          <TextInput
            type="search"
            aria-label="Search phones"
            placeholder="Name, number, model, holder…"
            className="pl-8"
            value={filters.q ?? ""}
            onChange={(event) => onChange({ ...filters, q: event.target.value || undefined })}
          />
        </label>
        {withPhones.length > 1 && (
          <Select
            small
            aria-label="Every client"
            value={client ?? ""}
            options={[
              { value: "", label: "Every client" },
              ...withPhones.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => onClient(event.target.value || undefined)}
          />
        )}
        {choice("state", "Every state", STATES)}
        {choice("platform", "Every platform", platforms)}
        {choice("tag", "Every tag", same(labelsOf(all, "tags")))}
        {choice("group", "Every group", same(labelsOf(all, "groups")))}
      </div>
    </Section>
  );
}
