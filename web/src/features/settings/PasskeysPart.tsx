// One's passkeys: made, named, removed.
import { Plus, Trash2 } from "lucide-react";
import {
  isCalledOff,
  isConfirmFirst,
  type Passkey,
  passkeysPossible,
  useAddPasskey,
  useRemovePasskey,
  useRenamePasskey,
} from "@/api/sign-in";
import { Button, IconButton } from "@/ui/Button";
import { actColumn } from "@/ui/columns";
import { ErrorNote } from "@/ui/ErrorNote";
import { TextInput } from "@/ui/Field";
import { Section } from "@/ui/Page";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { useConfirmed } from "./useConfirmed";

export function PasskeysPart({ passkeys, withCode }: { passkeys: readonly Passkey[]; withCode: boolean }) {
  const add = useAddPasskey();
  const rename = useRenamePasskey();
  const remove = useRemovePasskey();
  const { confirmed, dialog } = useConfirmed(withCode);
  const possible = passkeysPossible();
  const failure = [add.error, rename.error, remove.error].find(
    (error) => error && !isConfirmFirst(error) && !isCalledOff(error),
  );
  return (
    <Section
      title="Passkeys"
      count={passkeys.length}
      aside={
        possible && (
          <Button
            small
            icon={Plus}
            busy={add.isPending}
            onClick={() => void confirmed(() => add.mutateAsync(`Passkey ${passkeys.length + 1}`))}
          >
            Add a passkey
          </Button>
        )
      }
    >
      {failure && <ErrorNote error={failure} />}
      {!possible && (
        <p className="pt-3 text-ink-2">
          This browser allows passkeys under a name with https, or under localhost on the same machine.
        </p>
      )}
      {passkeys.length === 0 && possible && (
        <p className="pt-3 text-ink-2">A passkey signs you in alone: with a finger, a face or the device's own code.</p>
      )}
      {passkeys.length > 0 && (
        <Table
          label="Passkeys"
          rows={passkeys}
          keyOf={(one) => one.id}
          columns={[
            {
              id: "name",
              title: "Name",
              cell: (one) => (
                <TextInput
                  aria-label={`Name of ${one.name}`}
                  defaultValue={one.name}
                  onBlur={(event) => {
                    const name = event.target.value.trim();
                    if (name && name !== one.name) rename.mutate({ id: one.id, version: one.version, name });
                  }}
                />
              ),
            },
            { id: "made", title: "Made", short: true, spare: true, cell: (one) => <Time at={one.created} /> },
            {
              id: "used",
              title: "Last used",
              short: true,
              cell: (one) => (one.used ? <Time at={one.used} /> : "Not yet"),
            },
            actColumn("Remove", (one: Passkey) => (
              <IconButton
                small
                icon={Trash2}
                label={`Remove ${one.name}`}
                onClick={() => void confirmed(() => remove.mutateAsync(one.id))}
              />
            )),
          ]}
        />
      )}
      {dialog}
    </Section>
  );
}
