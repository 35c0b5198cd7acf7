// A choice that narrows a list; its first option narrows nothing.
import { type Option, Select } from "./Select";

interface Props {
  label: string;
  /** The first option: "Any state". */
  any: string;
  value: string | undefined;
  options: readonly Option[];
  onChange: (value: string | undefined) => void;
  small?: boolean;
  className?: string;
}

export function FilterSelect({ label, any, value, options, onChange, ...rest }: Props) {
  return (
    <Select
      {...rest}
      aria-label={label}
      value={value ?? ""}
      options={[{ value: "", label: any }, ...options]}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}
