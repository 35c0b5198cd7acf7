// Whose posts are shown: by account, platform, character and state. On a phone behind one button.
import clsx from "clsx";
import { ListFilter, X } from "lucide-react";
import { useState } from "react";
import type { Account, Character, PostState } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { Button } from "@/ui/Button";
import { FilterSelect } from "@/ui/FilterSelect";
import { postStates } from "@/ui/states";
import { countFilters, type Filters } from "./filters";

interface Props {
  filters: Filters;
  accounts: readonly Account[];
  characters: readonly Character[];
  onChange: (filters: Filters) => void;
}

export function FilterBar({ filters, accounts, characters, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const chosen = countFilters(filters);
  const platforms = [...new Set(accounts.map((one) => one.platform))].sort();
  const withAccount = characters.filter((one) => accounts.some((account) => account.character_id === one.id));
  const states = Object.entries(postStates).map(([value, told]) => ({ value, label: told.word }));
  const choice = (name: keyof Filters, all: string, options: readonly { value: string; label: string }[]) => (
    <FilterSelect
      small
      label={all}
      any={all}
      className={clsx("max-w-44 max-md:max-w-none", filters[name] && "font-medium")}
      value={filters[name]}
      options={options}
      onChange={(value) => onChange({ ...filters, [name]: value as PostState | undefined })}
    />
  );
  return (
    <>
      <Button small icon={ListFilter} aria-expanded={open} className="md:hidden" onClick={() => setOpen(!open)}>
        {chosen ? `Filters (${chosen})` : "Filters"}
      </Button>
      <div
        role="group"
        aria-label="Filters"
        className={clsx(
          "flex-wrap items-center gap-2 max-md:order-last max-md:w-full md:flex",
          open ? "grid grid-cols-2" : "hidden",
        )}
      >
        {choice(
          "account",
          "Every account",
          accounts.map((one) => ({ value: one.id, label: `${one.name} (${platformName(one.platform)})` })),
        )}
        {platforms.length > 1 &&
          choice(
            "platform",
            "Every platform",
            platforms.map((one) => ({ value: one, label: platformName(one) })),
          )}
        {withAccount.length > 1 &&
          choice(
            "character",
            "Every character",
            withAccount.map((one) => ({ value: one.id, label: one.name })),
          )}
        {choice("state", "Every state", states)}
        {chosen > 0 && (
          <Button small tone="quiet" icon={X} onClick={() => onChange({})}>
            All posts
          </Button>
        )}
      </div>
    </>
  );
}
