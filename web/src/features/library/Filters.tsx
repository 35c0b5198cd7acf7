// Narrows the library as one types.
import { useEffect, useRef, useState } from "react";
import type { Character } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { FilterSelect } from "@/ui/FilterSelect";
import { SearchInput } from "@/ui/SearchInput";
import { contentStates } from "@/ui/states";

export interface Filter {
  q?: string;
  status?: string;
  character?: string;
}

const PAUSE = 200;

export function Filters({
  filter,
  characters,
  onChange,
}: {
  filter: Filter;
  characters: readonly Character[];
  onChange: (filter: Filter) => void;
}) {
  const [text, setText] = useState(filter.q ?? "");
  const latest = useRef({ filter, onChange });
  useEffect(() => {
    latest.current = { filter, onChange };
  });
  useEffect(() => {
    const q = text.trim() || undefined;
    if (q === latest.current.filter.q) return;
    const timer = setTimeout(() => latest.current.onChange({ ...latest.current.filter, q }), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  const set = Boolean(filter.q || filter.status || filter.character);
  return (
    <>
      <SearchInput
        label="Find a video"
        placeholder="Find a video"
        className="min-w-0 flex-1 basis-40 md:max-w-72"
        value={text}
        onChange={setText}
      />
      <FilterSelect
        label="State"
        any="Any state"
        value={filter.status}
        options={Object.entries(contentStates).map(([value, told]) => ({ value, label: told.word }))}
        onChange={(status) => onChange({ ...filter, status })}
      />
      <FilterSelect
        label="Character"
        any="Any character"
        className="max-w-52"
        value={filter.character}
        options={characters.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(character) => onChange({ ...filter, character })}
      />
      {set && (
        <Button
          tone="quiet"
          onClick={() => {
            setText("");
            onChange({});
          }}
        >
          Clear
        </Button>
      )}
    </>
  );
}
