// Where it goes: the client's accounts.
import type { UseQueryResult } from "@tanstack/react-query";
import type { Account } from "@/api/shapes";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox, Group } from "@/ui/Field";
import { Skeleton } from "@/ui/Skeleton";

interface Props {
  accounts: UseQueryResult<readonly Account[]>;
  chosen: readonly string[];
  onChange: (ids: readonly string[]) => void;
  error: string | null;
}

export function AccountsPart({ accounts, chosen, onChange, error }: Props) {
  return (
    <Group label="Where" error={error}>
      {accounts.error && <ErrorNote error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isPending && <Skeleton className="h-6 w-64" />}
      {accounts.data?.map((account) => (
        <Checkbox
          key={account.id}
          name="account"
          checked={chosen.includes(account.id)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, account.id] : chosen.filter((id) => id !== account.id))
          }
          label={<span dir="auto">{account.name}</span>}
          hint={`${platformName(account.platform)}, @${account.handle.replace(/^@/, "")}`}
        />
      ))}
      {accounts.data?.length === 0 && (
        <p className="text-ink-2">This client has no account yet. Every character brings its own public page.</p>
      )}
    </Group>
  );
}

function platformName(platform: string): string {
  return platform === "page" ? "own public page" : platform;
}
