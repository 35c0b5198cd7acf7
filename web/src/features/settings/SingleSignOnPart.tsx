// Identity providers: who vouches for our people, and whether that works.
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleSlash, Plus } from "lucide-react";
import { useState } from "react";
import { useScope } from "@/api/scope";
import { isConfirmFirst, waysQuery } from "@/api/sign-in";
import { type Provider, providersQuery, useRemoveProvider } from "@/api/single-sign-on";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State } from "@/ui/State";
import { say } from "@/ui/Toast";
import { Once } from "./Once";
import { ProviderCheck } from "./ProviderCheck";
import { ProviderDialog } from "./ProviderDialog";
import { useConfirmed } from "./useConfirmed";

type Asked = { what: "add" } | { what: "change" | "remove"; provider: Provider };

export function SingleSignOnPart() {
  const { session } = useScope();
  const can = session.user.role === "super";
  const providers = useQuery({ ...providersQuery, enabled: can });
  const { data: ways } = useQuery(waysQuery);
  const remove = useRemoveProvider();
  const { confirmed, dialog } = useConfirmed(!!ways?.authenticator_since);
  const [asked, setAsked] = useState<Asked | null>(null);
  if (!can)
    return (
      <EmptyState picture="key" title="Super users set this up">
        Whoever controls an identity provider decides who comes in. Ask a super user.
      </EmptyState>
    );
  const add = (
    <Button small icon={Plus} onClick={() => setAsked({ what: "add" })}>
      Add a provider
    </Button>
  );
  const failure = providers.error ?? (isConfirmFirst(remove.error) ? null : remove.error);
  return (
    <Section title="Single sign-on" count={providers.data?.length} aside={providers.data?.length ? add : undefined}>
      {failure && <ErrorNote error={failure} onRetry={() => void providers.refetch()} />}
      {providers.isPending && <SkeletonRows rows={2} />}
      {providers.data?.length === 0 && (
        <EmptyState picture="key" title="Everybody signs in here" act={add}>
          With an identity provider your people sign in where they do already; nobody new comes in by that alone.
        </EmptyState>
      )}
      <ul className="flex flex-col">
        {providers.data?.map((one) => (
          <Row
            key={one.id}
            provider={one}
            onChange={() => setAsked({ what: "change", provider: one })}
            onRemove={() => setAsked({ what: "remove", provider: one })}
          />
        ))}
      </ul>
      {asked?.what === "add" && <ProviderDialog onClose={() => setAsked(null)} />}
      {asked?.what === "change" && <ProviderDialog provider={asked.provider} onClose={() => setAsked(null)} />}
      {asked?.what === "remove" && (
        <Confirm
          open
          title={`Remove ${asked.provider.name}?`}
          about={`${people(asked.provider.people)} tied to it. Whoever has no password here is shut out; open sessions go on until they end.`}
          verb="Remove the provider"
          onClose={() => setAsked(null)}
          act={() => confirmed(() => remove.mutateAsync(asked.provider.id).then(() => say("The provider is removed.")))}
        />
      )}
      {dialog}
    </Section>
  );
}

const people = (count: number) =>
  count === 1 ? "One person is" : `${count === 0 ? "Nobody" : count} ${count === 0 ? "is" : "people are"}`;

function Row(props: { provider: Provider; onChange: () => void; onRemove: () => void }) {
  const { provider } = props;
  return (
    <li className="flex flex-col gap-3 border-b py-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <p dir="auto" className="line-clamp-2 font-medium">
            {provider.name}
          </p>
          <p className="text-sm break-all text-ink-3">{provider.issuer}</p>
          <p className="text-sm text-ink-3">
            {people(provider.people)} tied to it.{" "}
            {provider.new_people
              ? `New people of ${provider.new_people.domains.join(", ")} come in.`
              : "Nobody new comes in."}
          </p>
          <p className="text-sm text-ink-3">
            {provider.tie_domains.length > 0
              ? `Who is here already is tied by an address in ${provider.tie_domains.join(", ")}.`
              : "Who is here already ties the account under Settings, Sign-in."}
          </p>
          <p className="text-sm break-all text-ink-3">
            {provider.shown
              ? "On the sign-in page while yours is the only organisation here"
              : "Not on the sign-in page"}
            ; its own address is {`${location.origin}/sign-in/${provider.id}`}
          </p>
        </div>
        <State
          bare
          told={
            provider.enabled
              ? { kind: "go", icon: CircleCheck, word: "On" }
              : { kind: "calm", icon: CircleSlash, word: "Off" }
          }
        />
      </div>
      <Once
        label={`Redirect address of ${provider.name}`}
        value={provider.redirect_address}
        hint="Register exactly this address at the provider."
      />
      <ProviderCheck provider={provider}>
        <Button small onClick={props.onChange}>
          Change
        </Button>
        <Button small onClick={props.onRemove}>
          Remove
        </Button>
      </ProviderCheck>
    </li>
  );
}
