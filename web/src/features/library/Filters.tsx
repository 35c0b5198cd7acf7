// Narrows the library as one types.
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Character } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
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
      <span className="relative min-w-0 flex-1 basis-40 md:max-w-72">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
          strokeWidth={1.75}
        />
        <TextInput
          type="search"
          aria-label="Find a video"
          placeholder="Find a video"
          className="pl-8"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </span>
      <Select
        aria-label="State"
        value={filter.status ?? ""}
        onChange={(event) => onChange({ ...filter, status: event.target.value || undefined })}
        options={[
          { value: "", label: "Any state" },
          ...Object.entries(contentStates).map(([value, told]) => ({ value, label: told.word })),
        ]}
      />
      <Select
        aria-label="Character"
        className="max-w-52"
        value={filter.character ?? ""}
        onChange={(event) => onChange({ ...filter, character: event.target.value || undefined })}
        options={[
          { value: "", label: "Any character" },
          ...characters.map((one) => ({ value: one.id, label: one.name })),
        ]}
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
