// Puts tags or groups on many phones at once, and takes them off.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Phone, phoneWordsQuery, useChangePhones } from "@/api/inventory";
import { counted } from "@/lib/numbers";
import { Checkbox, Group } from "@/ui/Field";
import { FormDialog } from "@/ui/FormDialog";
import { say } from "@/ui/Toast";
import { labelsOf } from "../filters";
import { tooLongWords } from "../labels";
import { WordsField } from "../WordsField";

export function TagDialog(props: { kind: "tags" | "groups"; phones: readonly Phone[]; onClose: () => void }) {
  const { kind, phones, onClose } = props;
  const known = useQuery(phoneWordsQuery).data?.[kind] ?? [];
  const change = useChangePhones();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const had = labelsOf(phones, kind);
  const many = counted(phones.length, "phone");
  const nothing = add.length + remove.length === 0;
  const send = () => {
    setTried(true);
    if (nothing || tooLongWords(add) !== null) return;
    const ids = phones.map((one) => one.id);
    change.mutate(
      kind === "tags"
        ? { phones: ids, add_tags: add, remove_tags: remove }
        : { phones: ids, add_groups: add, remove_groups: remove },
      {
        onSuccess: () => {
          say(`The ${kind} of ${many} are changed.`);
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={`${kind === "tags" ? "Tags" : "Groups"} of ${many}`}
      verb={`Change ${many}`}
      busy={change.isPending}
      error={change.error}
      onSubmit={send}
      onClose={onClose}
    >
      <WordsField
        label="Put on"
        words={add}
        known={known}
        autoFocus
        error={tried && nothing ? "Type one, or choose what to take off." : null}
        onChange={setAdd}
      />
      {had.length > 0 && (
        <Group label="Take off">
          {had.map((one) => (
            <Checkbox
              key={one}
              label={
                <span dir="auto" className="[overflow-wrap:anywhere]">
                  {one}{" "}
                  <span className="text-sm text-ink-3">
                    on {counted(phones.filter((phone) => phone[kind].includes(one)).length, "phone")}
                  </span>
                </span>
              }
              checked={remove.includes(one)}
              onChange={(event) =>
                setRemove(event.target.checked ? [...remove, one] : remove.filter((other) => other !== one))
              }
            />
          ))}
        </Group>
      )}
    </FormDialog>
  );
}
