// Where do we publish, and does it work?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useUnlinkAccount } from "@/api/accounts";
import { charactersQuery } from "@/api/characters";
import { accountsQuery } from "@/api/posts";
import { useScope } from "@/api/scope";
import type { Account } from "@/api/shapes";
import { AccountList } from "@/features/accounts/AccountList";
import { AccountPanel } from "@/features/accounts/AccountPanel";
import { LinkDialog } from "@/features/accounts/LinkDialog";
import { ReconnectDialog } from "@/features/accounts/ReconnectDialog";
import { accountsWords, linkFailure } from "@/features/accounts/words";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { say } from "@/ui/Toast";

export function AccountsPage() {
  const { clientId } = useScope();
  const { linked, failed, account: opened } = useSearch({ from: "/desk/accounts" });
  const go = useNavigate();
  const accounts = useQuery(accountsQuery(clientId));
  const characters = useQuery(charactersQuery(clientId));
  const unlink = useUnlinkAccount();
  const [linking, setLinking] = useState(false);
  const [mending, setMending] = useState<Account | null>(null);
  const [ending, setEnding] = useState<Account | null>(null);
  const fresh = accounts.data?.find((one) => one.id === linked);
  useEffect(() => {
    if (!fresh) return;
    say(`${fresh.name} is linked.`);
    void go({ to: "/accounts", search: { account: opened }, replace: true });
  }, [fresh, go, opened]);
  const shown = accounts.data?.find((one) => one.id === opened);
  const open = (account?: Account) => void go({ to: "/accounts", search: { account: account?.id } });
  const add = (
    <Button tone={accounts.data?.length ? undefined : "go"} icon={Plus} onClick={() => setLinking(true)}>
      Link an account
    </Button>
  );

  return (
    <Page
      title="Accounts"
      answer={accounts.data && accounts.data.length > 0 && accountsWords(accounts.data)}
      acts={!!accounts.data?.length && add}
    >
      <Beside
        label="Account"
        onClose={() => open()}
        detail={
          opened === undefined || accounts.data?.length === 0 ? null : shown ? (
            <AccountPanel
              key={shown.id}
              account={shown}
              character={characters.data?.find((one) => one.id === shown.character_id)}
              onClose={() => open()}
              onReconnect={() => setMending(shown)}
            />
          ) : (
            <div className="p-4">
              {accounts.isPending ? (
                <SkeletonRows rows={4} />
              ) : (
                <ErrorNote
                  error={accounts.error ?? "This account is not here, or no longer."}
                  retry={accounts.error ? undefined : "Close"}
                  onRetry={() => (accounts.error ? void accounts.refetch() : open())}
                />
              )}
            </div>
          )
        }
      >
        <Body>
          {failed && (
            <ErrorNote
              className="mb-4 max-w-5xl"
              error={linkFailure(failed)}
              retry="Close"
              onRetry={() => void go({ to: "/accounts", search: { account: opened }, replace: true })}
            />
          )}
          {accounts.error && (
            <ErrorNote className="mb-4" error={accounts.error} onRetry={() => void accounts.refetch()} />
          )}
          {accounts.isPending && <SkeletonRows rows={4} />}
          {accounts.data?.length === 0 && (
            <EmptyState picture="cable" title="Nowhere to publish yet" act={add}>
              Link an account, or make a character: it comes with a page of its own.
            </EmptyState>
          )}
          {!!accounts.data?.length && (
            <div className="max-w-5xl">
              <AccountList
                accounts={accounts.data}
                characters={characters.data ?? []}
                current={shown?.id}
                onOpen={open}
                onReconnect={setMending}
                onUnlink={setEnding}
              />
            </div>
          )}
        </Body>
      </Beside>
      {linking && <LinkDialog onClose={() => setLinking(false)} />}
      {mending && <ReconnectDialog account={mending} onClose={() => setMending(null)} />}
      {ending && (
        <Confirm
          open
          title={`Unlink ${ending.name}?`}
          about="Its login is forgotten, and what is planned for it will not go out. What is published stays there."
          verb="Unlink"
          onClose={() => setEnding(null)}
          act={() => unlink.mutateAsync(ending.id).then(() => say(`${ending.name} is unlinked.`))}
        />
      )}
    </Page>
  );
}
