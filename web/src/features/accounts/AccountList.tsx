// The accounts: where each is, whose it is, how it does, and what can be done about it.
import { CirclePause, CirclePlay, Ellipsis, Unlink, Unplug } from "lucide-react";
import { usePauseAccount } from "@/api/accounts";
import { useScope } from "@/api/scope";
import type { Account, Character } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { State } from "@/ui/State";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { accountState } from "./words";

interface Props {
  accounts: readonly Account[];
  characters: readonly Character[];
  onReconnect: (account: Account) => void;
  onUnlink: (account: Account) => void;
}

export function AccountList({ accounts, characters, onReconnect, onUnlink }: Props) {
  const { clientOf } = useScope();
  const names = new Map(characters.map((one) => [one.id, one.name]));
  return (
    <Table
      label="Accounts"
      rows={accounts}
      keyOf={(one) => one.id}
      columns={[
        {
          id: "account",
          title: "Account",
          cell: (one) => (
            <span className="block min-w-0 py-1">
              <a dir="auto" href={one.url} className="line-clamp-2 font-medium hover:underline">
                {one.name}
              </a>
              <span className="block text-sm text-ink-3">
                {platformName(one.platform)}
                {one.platform === "page" && ` · ${one.handle}`}
                {clientOf(one.client_id) && ` · ${clientOf(one.client_id)?.name}`}
              </span>
              <Health account={one} />
            </span>
          ),
        },
        {
          id: "character",
          title: "Character",
          short: true,
          spare: true,
          cell: (one) => <span dir="auto">{(one.character_id && names.get(one.character_id)) || "–"}</span>,
        },
        { id: "state", title: "State", short: true, cell: (one) => <State bare told={accountState(one)} /> },
        {
          id: "last",
          title: "Last post",
          short: true,
          spare: true,
          cell: (one) => (one.last_posted_at ? <Time at={one.last_posted_at} /> : "none yet"),
        },
        {
          id: "act",
          title: <span className="sr-only">What can be done</span>,
          number: true,
          cell: (one) => <Acts account={one} onReconnect={onReconnect} onUnlink={onUnlink} />,
        },
      ]}
    />
  );
}

/** Why it is not as it should be; nothing when it is. */
function Health({ account }: { account: Account }) {
  const reason = account.needs_reconnect ? account.last_error : (account.state_reason ?? account.last_error);
  if (!reason) return null;
  return (
    <span
      dir="auto"
      className={`mt-0.5 line-clamp-3 block text-sm ${account.needs_reconnect ? "text-broken" : "text-ink-2"}`}
    >
      {reason}
      {account.last_error_at && reason === account.last_error && (
        <>
          {" · "}
          <Time at={account.last_error_at} />
        </>
      )}
    </span>
  );
}

function Acts({ account, onReconnect, onUnlink }: { account: Account } & Pick<Props, "onReconnect" | "onUnlink">) {
  const pause = usePauseAccount();
  const linked = Boolean(account.remote_id);
  const toggle = () => {
    const paused = account.state !== "paused";
    pause.mutate(
      { account, paused },
      {
        onSuccess: () => say(paused ? `${account.name} is paused.` : `${account.name} posts again.`),
        onError: (error) => say(error.message),
      },
    );
  };
  return (
    <span className="inline-flex items-center gap-1">
      {account.needs_reconnect && (
        <Button small tone="go" className="max-md:hidden" onClick={() => onReconnect(account)}>
          Reconnect
        </Button>
      )}
      <Menu
        align="end"
        label={`What can be done with ${account.name}`}
        trigger={<IconButton icon={Ellipsis} label={`More for ${account.name}`} />}
      >
        {account.state === "paused" ? (
          <MenuItem icon={CirclePlay} onPick={toggle}>
            Let it post again
          </MenuItem>
        ) : (
          <MenuItem icon={CirclePause} onPick={toggle} disabled={account.state !== "active"}>
            Pause
          </MenuItem>
        )}
        {linked && (
          <>
            <MenuItem icon={Unplug} onPick={() => onReconnect(account)}>
              Reconnect
            </MenuItem>
            <MenuItem icon={Unlink} danger onPick={() => onUnlink(account)}>
              Unlink
            </MenuItem>
          </>
        )}
      </Menu>
    </span>
  );
}
