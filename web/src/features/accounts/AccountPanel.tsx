// One account beside the list: what it may post, where its ramp is, how healthy it is, and how it came to its state.
import { CloudOff, ExternalLink, X } from "lucide-react";
import type { ReactNode } from "react";
import { useScope } from "@/api/scope";
import type { Account, Character } from "@/api/shapes";
import { platformName } from "@/lib/platforms";
import { Button, ButtonAway } from "@/ui/Button";
import { Facts, Section } from "@/ui/Page";
import { State } from "@/ui/State";
import { Time } from "@/ui/Time";
import { HealthPart } from "./HealthPart";
import { MovesPart } from "./MovesPart";
import { PaceForm } from "./PaceForm";
import { RampSteps } from "./RampSteps";
import { StateActs } from "./StateActs";
import { TodayPart } from "./TodayPart";
import { accountState, isPlatforms, openWords, posts } from "./words";

interface Props {
  account: Account;
  character: Character | undefined;
  onClose: () => void;
  onReconnect: () => void;
}

export function AccountPanel({ account, character, onClose, onReconnect }: Props) {
  const { may } = useScope();
  const mayPublish = may("publish", account.client_id);
  return (
    <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-6 p-4 lg:overflow-y-auto">
      <div className="flex flex-col gap-3">
        <div className="flex items-start gap-3">
          <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
            <h2 dir="auto" className="text-lg font-semibold [overflow-wrap:anywhere]">
              {account.name}
            </h2>
            <State told={accountState(account)} />
          </div>
          <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
        </div>
        <Standing account={account} />
        <div className="flex flex-wrap gap-2">
          {mayPublish && <StateActs account={account} onReconnect={onReconnect} />}
          {account.url && (
            <ButtonAway href={account.url} icon={ExternalLink}>
              {openWords(account)}
            </ButtonAway>
          )}
        </div>
      </div>
      <TodayPart account={account} />
      {account.pace.ramp && <RampSteps ramp={account.pace.ramp} cap={account.pace.daily_cap} />}
      <HealthPart health={account.health} />
      {mayPublish && <PaceForm key={account.id} account={account} />}
      <MovesPart account={account.id} />
      <Section title="About it">
        <Facts rows={useFacts(account, character)} />
      </Section>
    </div>
  );
}

/** What keeps it from posting, and who can change that; nothing when all is well. */
function Standing({ account }: { account: Account }) {
  if (account.needs_reconnect)
    return (
      <Note kind="broken">
        {account.last_error ?? "Its login does not work any more."}
        <span className="mt-1 block">What is planned for it waits.</span>
      </Note>
    );
  if (!posts(account))
    return (
      <Note kind={isPlatforms(account) ? "broken" : "wait"}>
        {account.state_reason ?? "Nothing goes out."}
        {account.state_until && (
          <>
            {" · ends "}
            <Time at={account.state_until} />
          </>
        )}
        {isPlatforms(account) && (
          <span className="mt-1 block">
            Only {platformName(account.platform)} can lift that. See to it there, then reconnect the account.
          </span>
        )}
      </Note>
    );
  if (account.server_down_at)
    return (
      <Note kind="wait">
        <CloudOff aria-hidden className="mr-1.5 inline size-4 align-text-bottom" strokeWidth={1.75} />
        Its server seems down: several accounts there fail alike, last <Time at={account.server_down_at} />. Nothing is
        held against this one, and posts are tried again by themselves.
      </Note>
    );
  if (account.last_error)
    return (
      <p dir="auto" className="text-sm [overflow-wrap:anywhere] text-ink-2">
        {account.last_error}
        {account.last_error_at && (
          <>
            {" · "}
            <Time at={account.last_error_at} />
          </>
        )}
      </p>
    );
  return null;
}

function Note({ kind, children }: { kind: "broken" | "wait"; children: ReactNode }) {
  const colour = kind === "broken" ? "bg-broken-soft text-broken" : "bg-wait-soft text-wait";
  return (
    <p dir="auto" className={`rounded-md px-3 py-2 [overflow-wrap:anywhere] ${colour}`}>
      {children}
    </p>
  );
}

function useFacts(account: Account, character: Character | undefined): (readonly [string, ReactNode])[] {
  const { clientOf, session } = useScope();
  const client = clientOf(account.client_id);
  const broken = (text: string) => (
    <span dir="auto" className="[overflow-wrap:anywhere]">
      {text}
    </span>
  );
  return [
    ["Where", platformName(account.platform)],
    ["Handle", broken(account.handle)],
    ...(character ? [["Character", broken(character.name)] as const] : []),
    ...(client && session.clients.length > 1 ? [["Client", broken(client.name)] as const] : []),
    ...(account.linked_at ? [["Connected", <Time key="linked" at={account.linked_at} />] as const] : []),
    ["Last post", account.last_posted_at ? <Time key="last" at={account.last_posted_at} /> : "none yet"],
  ];
}
