// Edits a script. Only what was changed is sent.
import { useState } from "react";
import { useEditScript } from "@/api/contents";
import { ApiProblem, isStatus } from "@/api/problem";
import type { ContentDetail, Script } from "@/api/shapes";
import { readHashtags, showHashtags } from "@/lib/hashtags";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, TextArea, TextInput } from "@/ui/Field";
import { say } from "@/ui/Toast";
import { changesOf } from "./changes";

export function ScriptForm({
  content,
  script,
  onDone,
}: {
  content: ContentDetail;
  script: Script;
  onDone: () => void;
}) {
  const edit = useEditScript();
  const [draft, setDraft] = useState(script);
  const [tags, setTags] = useState(showHashtags(script.hashtags));
  // The version that the typing began on: a save over a newer one is refused instead of lost.
  const [version] = useState(content.version);
  const fields = edit.error instanceof ApiProblem ? edit.error.fields : {};
  const set = (changes: Partial<Script>) => setDraft({ ...draft, ...changes });

  const send = () => {
    const changes = changesOf(script, { ...draft, hashtags: readHashtags(tags) });
    if (!changes) return onDone();
    edit.mutate(
      { id: content.id, version, changes },
      {
        onSuccess: () => {
          say("Saved. What follows from it is being made again.");
          onDone();
        },
      },
    );
  };

  return (
    <form
      noValidate
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label="Title" error={fields.title}>
        {(tied) => <TextInput {...tied} value={draft.title} onChange={(event) => set({ title: event.target.value })} />}
      </Field>
      <Field label="Hook" error={fields.hook}>
        {(tied) => (
          <TextArea {...tied} rows={2} value={draft.hook} onChange={(event) => set({ hook: event.target.value })} />
        )}
      </Field>
      {draft.beats.map((beat, index) => {
        const change = (changes: Partial<typeof beat>) =>
          set({ beats: draft.beats.map((one) => (one.id === beat.id ? { ...one, ...changes } : one)) });
        return (
          <fieldset key={beat.id} className="flex flex-col gap-2 border-t pt-3">
            <legend className="sr-only">Beat {index + 1}</legend>
            <Field label={`${index + 1}: spoken`}>
              {(tied) => (
                <TextArea
                  {...tied}
                  rows={2}
                  value={beat.narration}
                  onChange={(event) => change({ narration: event.target.value })}
                />
              )}
            </Field>
            <Field label={`${index + 1}: on screen`}>
              {(tied) => (
                <TextInput
                  {...tied}
                  value={beat.on_screen}
                  onChange={(event) => change({ on_screen: event.target.value })}
                />
              )}
            </Field>
          </fieldset>
        );
      })}
      <Field label="Close" error={fields.closing} className="border-t pt-3">
        {(tied) => (
          <TextArea
            {...tied}
            rows={2}
            value={draft.closing}
            onChange={(event) => set({ closing: event.target.value })}
          />
        )}
      </Field>
      <Field label="Caption" error={fields.caption}>
        {(tied) => (
          <TextArea {...tied} value={draft.caption} onChange={(event) => set({ caption: event.target.value })} />
        )}
      </Field>
      <Field label="Hashtags" error={fields.hashtags}>
        {(tied) => <TextInput {...tied} value={tags} onChange={(event) => setTags(event.target.value)} />}
      </Field>
      {edit.error && (
        <ErrorNote
          error={
            isStatus(edit.error, 412)
              ? "Somebody changed this script meanwhile. Copy your words, close the form and edit the new one."
              : edit.error
          }
        />
      )}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap gap-2 border-t bg-surface px-4 py-3">
        <Button tone="go" type="submit" busy={edit.isPending}>
          Save and make it again
        </Button>
        <Button onClick={onDone}>Leave it as it was</Button>
      </div>
    </form>
  );
}
