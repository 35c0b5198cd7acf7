// How the character speaks.
import { Field, TextInput } from "@/ui/Field";
import type { PaneProps } from "./Editor";
import { LinesField } from "./LinesField";

export function PersonaTab({ draft, set, fields }: PaneProps) {
  const { persona } = draft;
  const change = (more: Partial<typeof persona>) => set({ persona: { ...persona, ...more } });
  return (
    <>
      <Field label="Tone" hint="A word or two: calm, dry, warm." error={fields["persona.tone"]}>
        {(tied) => (
          <TextInput {...tied} value={persona.tone} onChange={(event) => change({ tone: event.target.value })} />
        )}
      </Field>
      <LinesField
        label="Traits"
        hint="One per line, like all lists here."
        value={persona.traits}
        onChange={(traits) => change({ traits })}
      />
      <LinesField label="Stands for" value={persona.values} onChange={(values) => change({ values })} />
      <LinesField label="Words it likes" value={persona.vocabulary} onChange={(vocabulary) => change({ vocabulary })} />
      <LinesField
        label="Words it never says"
        hint="No script of this character may contain them."
        value={persona.never_says}
        onChange={(never_says) => change({ never_says })}
      />
      <LinesField
        label="Examples of its voice"
        value={persona.examples}
        onChange={(examples) => change({ examples })}
      />
    </>
  );
}
