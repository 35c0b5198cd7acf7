// How the character says that it is AI. None of it can be empty.
import { Field, TextArea, TextInput } from "@/ui/Field";
import type { PaneProps } from "./Editor";

export function DisclosureTab({ draft, set, fields }: PaneProps) {
  const { disclosure } = draft;
  const change = (more: Partial<typeof disclosure>) => set({ disclosure: { ...disclosure, ...more } });
  const empty = (text: string) => (text.trim() === "" ? "This says that it is AI; it can't be empty." : null);
  return (
    <>
      <p className="text-ink-2">
        Everybody who meets this character is told that it is AI: on its page, under each post, and on the picture
        itself.
      </p>
      <Field label="On its page" error={empty(disclosure.profile) ?? fields["disclosure.profile"]}>
        {(tied) => (
          <TextArea
            {...tied}
            rows={2}
            value={disclosure.profile}
            onChange={(event) => change({ profile: event.target.value })}
          />
        )}
      </Field>
      <Field label="Under each post" error={empty(disclosure.caption) ?? fields["disclosure.caption"]}>
        {(tied) => (
          <TextArea
            {...tied}
            rows={2}
            value={disclosure.caption}
            onChange={(event) => change({ caption: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="On the picture"
        error={empty(disclosure.label) ?? fields["disclosure.label"]}
        aside={`${disclosure.label.length} / 40`}
      >
        {(tied) => (
          <TextInput
            {...tied}
            maxLength={40}
            value={disclosure.label}
            onChange={(event) => change({ label: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
