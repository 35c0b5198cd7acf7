// Which phones do we have, and how does each do?
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { phoneQuery } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { wallPhonesQuery } from "@/api/wall";
import { PhonePanel } from "@/features/phones/detail/PhonePanel";
import { filtered, type Filters, numbered, ownersDiffer } from "@/features/phones/filters";
import { HubAlarms } from "@/features/phones/HubAlarms";
import { BulkBar, type Doing } from "@/features/phones/list/BulkBar";
import { GiveDialog } from "@/features/phones/list/GiveDialog";
import { PhoneFilters } from "@/features/phones/list/PhoneFilters";
import { PhoneTable } from "@/features/phones/list/PhoneTable";
import { StateDialog } from "@/features/phones/list/StateDialog";
import { TagDialog } from "@/features/phones/list/TagDialog";
import { NoPhones } from "@/features/phones/NoPhones";
import { PhonesNav } from "@/features/phones/PhonesNav";
import { phonesWords } from "@/features/phones/words";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Beside, Body, Page } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { useWide } from "@/ui/useWide";

export function PhonesPage() {
  const navigate = useNavigate({ from: "/phones/list" });
  const { client, clientId, may, session } = useScope();
  const { phone: opened, ...filters } = useSearch({ from: "/desk/phones/list" });
  const phones = useQuery(wallPhonesQuery);
  const detail = useQuery({ ...phoneQuery(opened ?? ""), enabled: opened !== undefined });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [doing, setDoing] = useState<Doing | null>(null);
  const wide = useWide();

  const all = useMemo(() => numbered(phones.data ?? []), [phones.data]);
  const mine = filtered(all, {}, clientId).map((one) => one.phone);
  const shown = filtered(all, filters, clientId);
  const chosen = shown.map((one) => one.phone).filter((one) => selected.has(one.id));
  const open = opened === undefined ? undefined : (detail.data ?? phones.data?.find((one) => one.id === opened));
  const whose = !client && ownersDiffer(mine, session.clients.length);
  const manages = may("manage") || session.user.role === "super";

  const narrow = (next: Filters) =>
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
      bar={
        mine.length > 0 &&
        (wide || !opened) && <PhoneFilters filters={filters} phones={mine} whose={whose} onChange={narrow} />
      }
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
                <ErrorNote error={detail.error} retry="Close" onRetry={close} />
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
              current={opened}
              selected={selected}
              selectable={manages}
              whose={whose}
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
          {phones.data && mine.length === 0 && <NoPhones others={all.length} />}
        </Body>
      </Beside>
      {(doing === "tags" || doing === "groups") && <TagDialog kind={doing} phones={chosen} onClose={leave} />}
      {doing === "give" && <GiveDialog phones={chosen} onClose={leave} />}
      {doing === "state" && <StateDialog phones={chosen} onClose={leave} />}
    </Page>
  );
}
