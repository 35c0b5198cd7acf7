// Which clients a person may see, and how far.
import { useScope } from "@/api/scope";
import type { Access } from "@/api/shapes";
import { Group } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { Dot } from "@/ui/State";
import { LEVELS } from "./words";

const NONE = "";

export function AccessFields({
  access,
  onChange,
  error,
}: {
  access: readonly Access[];
  onChange: (access: Access[]) => void;
  error?: string;
}) {
  const { session } = useScope();
  const set = (client: string, level: string) => {
    const others = access.filter((one) => one.client_id !== client);
    onChange(level === NONE ? others : [...others, { client_id: client, level: level as Access["level"] }]);
  };
  return (
    <Group label="Access to clients" error={error}>
      <ul className="flex flex-col border-t">
        {session.clients.map((client) => (
          <li key={client.id} className="flex flex-wrap items-center gap-2 border-b py-1.5">
            <Dot colour={client.colour} />
            <span dir="auto" className="min-w-0 flex-1 basis-32">
              {client.name}
            </span>
            <Select
              small
              aria-label={`Access to ${client.name}`}
              value={access.find((one) => one.client_id === client.id)?.level ?? NONE}
              options={[
                { value: NONE, label: "None" },
                ...Object.entries(LEVELS).map(([value, label]) => ({ value, label })),
              ]}
              onChange={(event) => set(client.id, event.target.value)}
            />
          </li>
        ))}
      </ul>
    </Group>
  );
}
