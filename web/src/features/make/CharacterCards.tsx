// Who speaks.
import type { Character } from "@/api/shapes";
import { ClientTag } from "@/ui/ClientTag";
import { ChoiceCard } from "@/ui/Field";
import { Portrait } from "@/ui/Portrait";

export function CharacterCards(props: {
  characters: readonly Character[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <div className="scroll-quiet -m-1 grid max-h-64 gap-2 overflow-y-auto p-1 sm:grid-cols-2">
      {props.characters.map((one) => (
        <ChoiceCard
          key={one.id}
          name="character"
          value={one.id}
          checked={one.id === props.value}
          onChange={props.onChange}
          className="items-center"
        >
          <Portrait src={one.portrait_url} className="size-9" />
          <span className="min-w-0">
            <span dir="auto" className="block truncate font-medium">
              {one.name}
            </span>
            <span className="flex min-w-0 gap-2 text-sm text-ink-3">
              <span className="truncate">@{one.handle}</span>
              <ClientTag id={one.client_id} />
            </span>
          </span>
        </ChoiceCard>
      ))}
    </div>
  );
}
