// Which phones the wall shows.
import { X } from "lucide-react";
import { Button } from "@/ui/Button";
import { FilterSelect } from "@/ui/FilterSelect";
import { Section } from "@/ui/Page";
import { SearchInput } from "@/ui/SearchInput";
import { choicesOf, countFilters, type Filters, type Numbered } from "../filters";

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
  const phones = all.map(({ phone }) => phone);
  const withPhones = clients.filter((one) => phones.some((phone) => phone.client_id === one.id));
  const set = (name: keyof Filters, value: string | undefined) => onChange({ ...filters, [name]: value } as Filters);
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
        <SearchInput
          label="Search phones"
          placeholder="Name, number, model, holder…"
          className="col-span-2"
          value={filters.q ?? ""}
          onChange={(q) => set("q", q || undefined)}
        />
        {withPhones.length > 1 && (
          <FilterSelect
            small
            label="Every client"
            any="Every client"
            value={client}
            options={withPhones.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={onClient}
          />
        )}
        {choicesOf(phones, filters).map(({ name, options }) => (
          <FilterSelect
            key={name}
            small
            label={`Every ${name}`}
            any={`Every ${name}`}
            value={filters[name]}
            options={options}
            onChange={(value) => set(name, value)}
          />
        ))}
      </div>
    </Section>
  );
}
