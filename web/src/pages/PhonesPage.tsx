// Which phones do we have, and how does each do?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { phoneQuery } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { wallPhonesQuery } from "@/api/wall";
import { PhonePanel } from "@/features/phones/detail/PhonePanel";
import { HubAlarms } from "@/features/phones/HubAlarms";
import { BulkBar, type Doing } from "@/features/phones/list/BulkBar";
import { type Filter, shownPhones } from "@/features/phones/list/filters";
import { GiveDialog } from "@/features/phones/list/GiveDialog";
import { PhoneFilters } from "@/features/phones/list/PhoneFilters";
import { PhoneTable } from "@/features/phones/list/PhoneTable";
import { StateDialog } from "@/features/phones/list/StateDialog";
import { TagDialog } from "@/features/phones/list/TagDialog";
import { PhonesNav } from "@/features/phones/PhonesNav";
import { phonesWords } from "@/features/phones/words";
import { Button, ButtonLink } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { useWide } from "@/ui/useWide";

export function PhonesPage() {
  const navigate = useNavigate({ from: "/phones/list" });
  const { clientId, may, session } = useScope();
  const { phone: opened, ...filter } = useSearch({ from: "/desk/phones/list" });
  const phones = useQuery(wallPhonesQuery);
  const detail = useQuery({ ...phoneQuery(opened ?? ""), enabled: opened !== undefined });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [doing, setDoing] = useState<Doing | null>(null);
  const wide = useWide();

  const all = phones.data ?? NONE;
  const numbers = useMemo(() => new Map(all.map((one, index) => [one.id, index + 1])), [all]);
  const mine = clientId ? all.filter((one) => one.client_id === clientId) : all;
  const shown = shownPhones(mine, filter);
  const chosen = shown.filter((one) => selected.has(one.id));
  const open = opened === undefined ? undefined : (detail.data ?? all.find((one) => one.id === opened));
  const manages = may("manage") || session.user.role === "super";

  const narrow = (next: Filter) =>
    void navigate({ search: (before) => ({ client: before.client, phone: before.phone, ...next }), replace: true });
  const close = () => void navigate({ search: (before) => ({ ...before, phone: undefined }) });
  const select = (ids: readonly string[], on: boolean) =>
    setSelected((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  const leave = () => setDoing(null);

  return (
    <Page
      title="Phones"
      answer={phones.data && phonesWords(mine)}
      acts={<PhonesNav />}
      bar={mine.length > 0 && (wide || !opened) && <PhoneFilters filter={filter} phones={mine} onChange={narrow} />}
    >
      <Beside
        label="Phone"
        onClose={close}
        detail={
          opened === undefined ? null : open ? (
            <PhonePanel key={open.id} phone={open} onClose={close} />
          ) : (
            <div className="p-4">
              {detail.error ? (
                <ErrorNote error={detail.error} retry={detail.error ? "Close" : undefined} onRetry={close} />
              ) : (
                <SkeletonRows rows={4} />
              )}
            </div>
          )
        }
      >
        <Body>
          <HubAlarms className="mb-4" />
          {phones.error && <ErrorNote className="mb-4" error={phones.error} onRetry={() => void phones.refetch()} />}
          {phones.isPending && <SkeletonRows rows={6} />}
          {shown.length > 0 && (
            <PhoneTable
              phones={shown}
              numbers={numbers}
              current={opened}
              selected={selected}
              selectable={manages}
              onSelect={select}
            />
          )}
          {chosen.length > 0 && <BulkBar phones={chosen} onDo={setDoing} onClear={() => setSelected(new Set())} />}
          {mine.length > 0 && shown.length === 0 && (
            <EmptyState
              picture="shelves"
              title="No phone is like that"
              act={<Button onClick={() => narrow({})}>Show all</Button>}
            >
              Type less, or clear the filters.
            </EmptyState>
          )}
          {phones.data && mine.length === 0 && (
            <EmptyState
              picture="cable"
              title="No phone is here yet"
              act={
                session.user.role === "super" && (
                  <ButtonLink tone="go" to="/phones/agents">
                    Set up an agent
                  </ButtonLink>
                )
              }
            >
              An agent on the computer with the phones shows them here; a new phone then waits to be given to a client.
            </EmptyState>
          )}
        </Body>
      </Beside>
      {(doing === "tags" || doing === "groups") && <TagDialog kind={doing} phones={chosen} onClose={leave} />}
      {doing === "give" && <GiveDialog phones={chosen} onClose={leave} />}
      {doing === "state" && <StateDialog phones={chosen} onClose={leave} />}
    </Page>
  );
}

const NONE: never[] = [];
