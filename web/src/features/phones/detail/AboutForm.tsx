// What people say of a phone: its name, a label, its tags and groups.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Phone, phoneWordsQuery, useChangePhone } from "@/api/inventory";
import { ApiProblem, isStatus } from "@/api/problem";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { TextField } from "@/ui/TextField";
import { say } from "@/ui/Toast";
import { tooLongWords } from "../labels";
import { WordsField } from "../WordsField";

export function AboutForm({ phone, onDone }: { phone: Phone; onDone: () => void }) {
  const known = useQuery(phoneWordsQuery).data;
  const change = useChangePhone();
  const [name, setName] = useState(phone.name);
  const [label, setLabel] = useState(phone.label);
  const [tags, setTags] = useState<readonly string[]>(phone.tags);
  const [groups, setGroups] = useState<readonly string[]>(phone.groups);
  const fields = change.error instanceof ApiProblem ? change.error.fields : {};
  const nameless = !name.trim();
  const send = () => {
    if (nameless || tooLongWords([...tags, ...groups]) !== null) return;
    change.mutate(
      { phone, name: name.trim(), label: label.trim(), tags: [...tags], groups: [...groups] },
      {
        onSuccess: () => {
          say(`${name.trim()} is changed.`);
          onDone();
        },
      },
    );
  };
  return (
    <form
      noValidate
      aria-label="Name, label, tags and groups"
      className="flex flex-col gap-4 rounded-md border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        label="Name"
        error={(nameless ? "Give it a name." : null) ?? fields.name}
        autoFocus
        maxLength={120}
        value={name}
        onChange={setName}
      />
      <TextField
        label="Label"
        hint="What is written on it, or where it stands."
        error={fields.label}
        maxLength={200}
        value={label}
        onChange={setLabel}
      />
      <WordsField label="Tags" words={tags} known={known?.tags ?? []} error={fields.tags} onChange={setTags} />
      <WordsField
        label="Groups"
        words={groups}
        known={known?.groups ?? []}
        error={fields.groups}
        onChange={setGroups}
      />
      {change.error && Object.keys(fields).length === 0 && (
        <ErrorNote
          error={
            isStatus(change.error, 412)
              ? "Somebody changed this phone meanwhile. Close this and look again."
              : change.error
          }
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button tone="go" type="submit" busy={change.isPending}>
          Save
        </Button>
        <Button onClick={onDone}>Leave it</Button>
      </div>
    </form>
  );
}
