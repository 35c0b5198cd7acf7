// A choice from a list: the system's own select, which every keyboard, screen reader and phone knows.
import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import type { SelectHTMLAttributes } from "react";

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

type Props = SelectHTMLAttributes<HTMLSelectElement> & { options: readonly Option[]; small?: boolean };

export function Select({ options, small = false, className, ...rest }: Props) {
  return (
    <span className={clsx("relative inline-flex min-w-0", className)}>
      <select
        className={clsx(
          "w-full min-w-0 appearance-none truncate rounded-md border border-line-strong bg-surface pr-7 pl-2.5 text-ink transition-colors hover:bg-hover disabled:opacity-60 aria-invalid:border-broken",
          small ? "h-7 text-sm pointer-coarse:h-9" : "h-8 pointer-coarse:h-10",
        )}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-3"
        strokeWidth={1.75}
      />
    </span>
  );
}
