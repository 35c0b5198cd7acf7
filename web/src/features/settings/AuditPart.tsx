// The audit trail: who changed what, when and from where; and whether the chain is whole.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, ShieldCheck, ShieldX } from "lucide-react";
import { type AuditEntry, auditQuery, chainQuery } from "@/api/audit";
import { usersQuery } from "@/api/people";
import { useScope } from "@/api/scope";
import { wallPhonesQuery } from "@/api/wall";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { ClientTag } from "@/ui/ClientTag";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { Time } from "@/ui/Time";
import { actionWords, sideWords } from "./auditWords";

export function AuditPart() {
  const { may, session } = useScope();
  const can = may("manage");
  const entries = useInfiniteQuery({ ...auditQuery, enabled: can });
  const users = useQuery({ ...usersQuery, enabled: can });
  if (!can) {
    return (
      <EmptyState picture="key" title="Administrators read the audit trail">
        Ask one of them if you need to know who changed something.
      </EmptyState>
    );
  }
  const nameOf = (entry: AuditEntry) =>
    entry.actor === "user"
      ? (users.data?.find((one) => one.id === entry.actor_id)?.name ?? "Somebody who is no longer here")
      : "Greenroom itself";
  return (
    <Section title="Audit trail" aside={session.user.role === "super" && <Chain />}>
      {entries.error && <ErrorNote error={entries.error} onRetry={() => void entries.refetch()} />}
      {entries.isPending && <SkeletonRows rows={6} />}
      {entries.data?.length === 0 && (
        <EmptyState picture="shelves" title="Nothing was changed yet">
          Each change of people, access, settings, characters and posts is written down here, and stays.
        </EmptyState>
      )}
      <ol className="flex flex-col">
        {entries.data?.map((one) => (
          <Entry key={one.number} entry={one} who={nameOf(one)} />
        ))}
      </ol>
      {entries.hasNextPage && (
        <div className="pt-3">
          <Button busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </Section>
  );
}

function Entry({ entry, who }: { entry: AuditEntry; who: string }) {
  const { zone } = useScope();
  return (
    <li className="flex flex-col gap-1 border-b py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className="figures text-sm text-ink-3">{entry.number}</span>
        <span dir="auto" className="font-medium">
          {who}
        </span>
        <span className="text-ink-2">{actionWords(entry.action)}</span>
        {entry.subject_type === "phone" && <PhoneName id={entry.subject_id} />}
        {entry.client_id && <ClientTag id={entry.client_id} />}
        <span className="ml-auto flex gap-x-3 text-sm text-ink-3 max-md:ml-0">
          <Time at={entry.at} />
          {entry.address && <span>from {entry.address}</span>}
          {entry.token_id && <span>by a program</span>}
        </span>
      </div>
      {entry.reason && (
        <p dir="auto" className="text-sm text-ink-2">
          {entry.reason}
        </p>
      )}
      {entry.changes.length > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer text-ink-3">{counted(entry.changes.length, "field")}</summary>
          <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1 pt-1.5">
            {entry.changes.map((change) => (
              <div key={change.field} className="contents">
                <dt className="text-ink-3">{change.field.replaceAll("_", " ")}</dt>
                <dd dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
                  {change.erased ? (
                    <span className="text-ink-3">erased</span>
                  ) : (
                    <>
                      <del className="text-ink-3">{sideWords(change.before, zone)}</del>{" "}
                      <ins className="no-underline">{sideWords(change.after, zone)}</ins>
                    </>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}

/** Nothing where the phone is not this person's to see. */
function PhoneName({ id }: { id: string }) {
  const phones = useQuery({ ...wallPhonesQuery, refetchInterval: false });
  const phone = phones.data?.find((one) => one.id === id);
  if (!phone) return null;
  return (
    <Link
      dir="auto"
      to="/phones/list"
      search={{ client: undefined, phone: id }}
      className="[overflow-wrap:anywhere] hover:underline"
    >
      {phone.name}
    </Link>
  );
}

function Chain() {
  const chain = useQuery(chainQuery);
  const whole = chain.data?.whole;
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      <span role="status" className="text-sm">
        {whole === true && (
          <span className="text-go">Whole: {counted(chain.data?.entries ?? 0, "entry", "entries")}</span>
        )}
        {whole === false && (
          <span className="text-broken">
            Entry {chain.data?.broken_at}: {chain.data?.why}. Compare with a backup.
          </span>
        )}
        {chain.error && <span className="text-broken">It could not be checked. Try again.</span>}
      </span>
      <Button
        small
        icon={whole === false ? ShieldX : ShieldCheck}
        busy={chain.isFetching}
        onClick={() => void chain.refetch()}
      >
        Check the chain
      </Button>
      <a
        href="/api/v1/audit/export"
        download="audit.ndjson"
        className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong px-2.5 text-sm font-medium text-ink transition-colors hover:bg-hover pointer-coarse:h-9"
      >
        <Download aria-hidden className="size-4" strokeWidth={1.75} />
        Export
      </a>
    </span>
  );
}
