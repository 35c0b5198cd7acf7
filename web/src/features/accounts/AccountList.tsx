// The accounts: where each is, how it does, what of today is used, and what can be done about it.
import { Link } from "@tanstack/react-router";
import { CirclePause, CirclePlay, Ellipsis, PanelRight, Unlink, Unplug } from "lucide-react";
import { useMoveAccount } from "@/api/accounts";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Account, Character } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { Button, IconButton } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";
import { State } from "@/ui/State";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { accountState, healthWord, isPlatforms, posts } from "./words";

interface Props {
  accounts: readonly Account[];
  characters: readonly Character[];
  current: string | undefined;
  onOpen: (account: Account) => void;
  onReconnect: (account: Account) => void;
  onUnlink: (account: Account) => void;
}

export function AccountList({ accounts, characters, current, ...acts }: Props) {
  const { clientOf } = useScope();
  const names = new Map(characters.map((one) => [one.id, one.name]));
  const beside = current !== undefined;
  return (
    <Table
      label="Accounts"
      rows={accounts}
      keyOf={(one) => one.id}
      current={current}
      columns={[
        {
          id: "account",
          title: "Account",
          cell: (one) => (
            <span className="block min-w-0 py-1">
              <Link
                data-row
                dir="auto"
                from="/accounts"
                to="/accounts"
                search={(before) => ({ ...before, account: one.id })}
                aria-current={one.id === current}
                className="line-clamp-2 font-medium hover:underline"
              >
                {one.name}
              </Link>
              <span className="block text-sm text-ink-3">
                {platformName(one.platform)}
                {one.platform === "page" && ` · ${one.handle}`}
                {clientOf(one.client_id) && ` · ${clientOf(one.client_id)?.name}`}
              </span>
              <Reason account={one} />
            </span>
          ),
        },
        ...(beside
          ? []
          : [
              {
                id: "character",
                title: "Character",
                short: true,
                spare: true,
                cell: (one: Account) => (
                  <span dir="auto" className="block max-w-40 truncate">
                    {(one.character_id && names.get(one.character_id)) || "–"}
                  </span>
                ),
              },
            ]),
        { id: "state", title: "State", short: true, cell: (one) => <State bare told={accountState(one)} /> },
        { id: "today", title: "Today", number: true, spare: true, cell: (one) => <Today account={one} /> },
        { id: "health", title: "Health", number: true, spare: true, cell: (one) => <Score score={one.health.score} /> },
        ...(beside
          ? []
          : [
              {
                id: "last",
                title: "Last post",
                short: true,
                spare: true,
                cell: (one: Account) => (one.last_posted_at ? <Time at={one.last_posted_at} /> : "none yet"),
              },
            ]),
        {
          id: "act",
          title: <span className="sr-only">What can be done</span>,
          number: true,
          cell: (one) => <Acts account={one} {...acts} />,
        },
      ]}
    />
  );
}

/** Why it is not as it should be; nothing when it is. */
function Reason({ account }: { account: Account }) {
  const reason = account.needs_reconnect ? account.last_error : (account.state_reason ?? account.last_error);
  if (!reason) return null;
  return (
    <span
      dir="auto"
      className={`mt-0.5 line-clamp-3 text-sm ${account.needs_reconnect ? "text-broken" : "text-ink-2"}`}
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

function Today({ account: { pace } }: { account: Account }) {
  const full = pace.used_today >= pace.cap_today;
  return (
    <span className={full ? "text-wait" : undefined}>
      {pace.used_today} of {pace.cap_today}
      {full && <span className="block text-xs">{pace.used_today > pace.cap_today ? "over" : "full"}</span>}
    </span>
  );
}

const ink = { go: "", calm: "", run: "", wait: "text-wait", broken: "text-broken" } as const;

function Score({ score }: { score: number }) {
  const { kind, word } = healthWord(score);
  return (
    <span className={ink[kind]}>
      {score}
      {kind !== "go" && <span className="block text-xs">{word}</span>}
    </span>
  );
}

function Acts(props: { account: Account } & Pick<Props, "onOpen" | "onReconnect" | "onUnlink">) {
  const { account, onOpen, onReconnect, onUnlink } = props;
  const move = useMoveAccount();
  const open = posts(account);
  const toggle = () =>
    move.mutate(
      { account, to: open ? "paused" : "active", why: "" },
      {
        onSuccess: () => say(open ? `${account.name} is paused.` : `${account.name} posts again.`),
        onError: (error) => say(sayError(error)),
      },
    );
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
        <MenuItem icon={PanelRight} onPick={() => onOpen(account)}>
          State, pace and health
        </MenuItem>
        <MenuItem
          icon={open ? CirclePause : CirclePlay}
          onPick={toggle}
          disabled={isPlatforms(account) || account.state === "closed"}
        >
          {open ? "Pause" : "Let it post again"}
        </MenuItem>
        {account.remote_id && (
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
