// Who the character is.
import { Field, TextArea, TextInput } from "@/ui/Field";
import type { PaneProps } from "./Editor";
import { LinesField } from "./LinesField";

export function ProfileTab({ draft, set, fields }: PaneProps) {
  const { profile } = draft;
  const change = (more: Partial<typeof profile>) => set({ profile: { ...profile, ...more } });
  return (
    <>
      <Field label="Name" error={fields.name}>
        {(tied) => (
          <TextInput
            {...tied}
            maxLength={80}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Biography"
        hint="A character is an adult, and no real person."
        error={fields["profile.biography"] ?? fields.biography}
      >
        {(tied) => (
          <TextArea
            {...tied}
            rows={4}
            value={profile.biography}
            onChange={(event) => change({ biography: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Pronouns">
          {(tied) => (
            <TextInput
              {...tied}
              value={profile.pronouns}
              onChange={(event) => change({ pronouns: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Language"
          hint="A language tag, like en or pt-BR."
          error={fields["profile.language"] ?? fields.language}
        >
          {(tied) => (
            <TextInput
              {...tied}
              value={profile.language}
              onChange={(event) => change({ language: event.target.value })}
            />
          )}
        </Field>
      </div>
      <LinesField
        label="Interests"
        hint="One per line."
        value={profile.interests}
        onChange={(interests) => change({ interests })}
      />
    </>
  );
}
