// Where it goes: the client's accounts, each with its platform and what keeps it from posting.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Account } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { ErrorNote } from "./ErrorNote";
import { Checkbox, Group } from "./Field";
import { Skeleton } from "./Skeleton";

/** States in which nothing goes out. */
const HOLDS = ["paused", "restricted", "suspended", "banned", "flagged"];

interface Props {
  accounts: UseQueryResult<readonly Account[]>;
  chosen: readonly string[];
  onChange: (ids: readonly string[]) => void;
  error: string | null;
}

export function AccountsField({ accounts, chosen, onChange, error }: Props) {
  const open = accounts.data?.filter((one) => one.state !== "closed");
  return (
    <Group label="Where" error={error}>
      {accounts.error && <ErrorNote error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isPending && <Skeleton className="h-6 w-64" />}
      <div className="grid gap-x-4 gap-y-2 md:grid-cols-2">
        {open?.map((account) => (
          <Checkbox
            key={account.id}
            name="account"
            checked={chosen.includes(account.id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, account.id] : chosen.filter((id) => id !== account.id))
            }
            label={<span dir="auto">{account.name}</span>}
            hint={hintOf(account)}
          />
        ))}
      </div>
      {open?.length === 0 && (
        <p className="text-ink-2">This client has no account yet. Every character brings its own public page.</p>
      )}
    </Group>
  );
}

function hintOf(account: Account): string {
  const where = `${platformName(account.platform)}, @${account.handle.replace(/^@/, "")}`;
  if (account.needs_reconnect) return `${where}. Not connected`;
  return HOLDS.includes(account.state) ? `${where}. ${account.state} now` : where;
}
