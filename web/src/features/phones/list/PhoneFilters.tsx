// Narrows the phones as one types and chooses.
import type { Phone } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { capital } from "@/lib/capital";
import { Button } from "@/ui/Button";
import { FilterSelect } from "@/ui/FilterSelect";
import { SearchInput } from "@/ui/SearchInput";
import { choicesOf, countFilters, type Filters, NOBODY } from "../filters";

const NARROW = "max-md:min-w-28 max-md:flex-1 md:max-w-44";

export function PhoneFilters(props: {
  filters: Filters;
  phones: readonly Phone[];
  /** Whether they can be narrowed by client. */
  whose: boolean;
  onChange: (filters: Filters) => void;
}) {
  const { filters, phones, whose, onChange } = props;
  const { session } = useScope();
  const set = (name: keyof Filters, value: string | undefined) => onChange({ ...filters, [name]: value } as Filters);
  return (
    <>
      <SearchInput
        label="Find phones"
        placeholder="Name, number, model, tag…"
        className="min-w-full flex-1 md:max-w-64 md:min-w-40"
        value={filters.q ?? ""}
        onChange={(q) => set("q", q || undefined)}
      />
      {choicesOf(phones, filters).map(({ name, options }) => (
        <FilterSelect
          key={name}
          label={capital(name)}
          any={`Any ${name}`}
          className={NARROW}
          value={filters[name]}
          options={options}
          onChange={(value) => set(name, value)}
        />
      ))}
      {(whose || filters.of) && (
        <FilterSelect
          label="Client"
          any="Any client"
          className={NARROW}
          value={filters.of}
          options={[
            { value: NOBODY, label: "No client yet" },
            ...session.clients.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(of) => set("of", of)}
        />
      )}
      {countFilters(filters) > 0 && (
        <Button tone="quiet" onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </>
  );
}
