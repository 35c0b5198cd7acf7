// Which phones are selected, each with the way out.
import { Button } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { Section } from "@/ui/Page";
import type { Numbered } from "../filters";

/** More chips than this would push everything else out of sight. */
const SHOWN = 6;

interface Props {
  phones: readonly Numbered[];
  selected: ReadonlySet<string>;
  onSelect: (ids: readonly string[]) => void;
}

export function ChosenPart({ phones, selected, onSelect }: Props) {
  const chosen = phones.filter(({ phone }) => selected.has(phone.id));
  const ids = chosen.map(({ phone }) => phone.id);
  return (
    <Section
      title="Selected"
      aside={
        <span className="figures">
          {chosen.length} of {phones.length}
        </span>
      }
    >
      {chosen.length > 0 && (
        <ul aria-label="Selected phones" className="mb-2 flex flex-wrap gap-1">
          {chosen.slice(0, SHOWN).map(({ number, phone }) => (
            <Chip
              key={phone.id}
              picked
              label={`Leave out ${number} ${phone.name}`}
              onRemove={() => onSelect(ids.filter((id) => id !== phone.id))}
            >
              <span className="figures font-medium">{number}</span>
              <span dir="auto" className="min-w-0 truncate">
                {phone.name}
              </span>
            </Chip>
          ))}
          {chosen.length > SHOWN && (
            <li className="figures flex h-6 items-center px-1 text-sm text-ink-3">and {chosen.length - SHOWN} more</li>
          )}
        </ul>
      )}
      <div className="flex gap-2">
        <Button
          small
          disabled={chosen.length === phones.length}
          onClick={() => onSelect(phones.map(({ phone }) => phone.id))}
        >
          All {phones.length}
        </Button>
        <Button small disabled={chosen.length === 0} onClick={() => onSelect([])}>
          None
        </Button>
      </div>
    </Section>
  );
}
