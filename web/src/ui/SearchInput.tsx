// Where one types to find something in a list.
import clsx from "clsx";
import { Search } from "lucide-react";
import { TextInput } from "./Field";

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

export function SearchInput({ label, placeholder, value, onChange, className }: Props) {
  return (
    <span className={clsx("relative", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-3"
        strokeWidth={1.75}
      />
      <TextInput
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className="pl-8"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
