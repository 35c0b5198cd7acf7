// Keys of external services: whose they are, whether they work, until when; never what they are.
import { useQuery } from "@tanstack/react-query";
import { Ban, CircleCheck, Hourglass, Plus, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useScope } from "@/api/scope";
import { type ServiceKey, serviceKeysQuery, servicesQuery, serviceSharesQuery } from "@/api/service-keys";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { actColumn, stateColumn } from "@/ui/columns";
import { ClientTag } from "@/ui/ClientTag";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State, type Told } from "@/ui/State";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { ServiceKeyDialog } from "./ServiceKeyDialog";

const STATES: Readonly<Record<ServiceKey["state"], Told>> = {
  works: { kind: "go", icon: CircleCheck, word: "Works" },
  ends_soon: { kind: "wait", icon: Hourglass, word: "Ends soon" },
  ended: { kind: "broken", icon: TriangleAlert, word: "Ended" },
  off: { kind: "calm", icon: Ban, word: "Off" },
};

export function ServiceKeysPart() {
  const { may } = useScope();
  const can = may("manage");
  const keys = useQuery({ ...serviceKeysQuery, enabled: can });
  const services = useQuery({ ...servicesQuery, enabled: can });
  const shares = useQuery({ ...serviceSharesQuery, enabled: can });
  const [open, setOpen] = useState<ServiceKey | "new" | null>(null);
  if (!can) {
    return (
      <EmptyState picture="key" title="Administrators look after service keys">
        Ask one of them if a service is missing.
      </EmptyState>
    );
  }
  const failed = [keys, services, shares].find((one) => one.error);
  const ready = keys.data && services.data && shares.data;
  const add = (
    <Button small icon={Plus} onClick={() => setOpen("new")}>
      Add a key
    </Button>
  );
  return (
    <Section title="Service keys" count={keys.data?.length} aside={ready && keys.data.length > 0 ? add : undefined}>
      {failed && <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />}
      {!ready && !failed && <SkeletonRows rows={3} />}
      {ready && keys.data.length === 0 && (
        <EmptyState picture="key" title="No outside service is connected" act={add}>
          With a key of{" "}
          {services.data
            .slice(0, 3)
            .map((one) => one.name.toLowerCase())
            .join(", ")}{" "}
          or another service, Greenroom works with it for you.
        </EmptyState>
      )}
      {ready && keys.data.length > 0 && (
        <Keys
          keys={keys.data}
          nameOf={(id) => services.data.find((one) => one.id === id)?.name ?? id}
          lentTo={(id) => shares.data.filter((one) => one.service === id).length}
          onOpen={setOpen}
        />
      )}
      {ready && open && (
        <ServiceKeyDialog
          kept={open === "new" ? null : open}
          keys={keys.data}
          services={services.data}
          shares={shares.data}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

function Keys(props: {
  keys: readonly ServiceKey[];
  nameOf: (service: string) => string;
  lentTo: (service: string) => number;
  onOpen: (key: ServiceKey) => void;
}) {
  const { clientOf, session } = useScope();
  const ownerOf = (one: ServiceKey) => (one.client_id ? (clientOf(one.client_id)?.name ?? "a client") : "everybody");
  const mayChange = (one: ServiceKey) =>
    one.client_id ? !!clientOf(one.client_id)?.permissions.includes("manage") : session.user.role === "super";
  return (
    <Table
      label="Service keys"
      rows={props.keys}
      keyOf={(one) => one.id}
      columns={[
        stateColumn((one: ServiceKey) => STATES[one.state]),
        {
          id: "name",
          title: "Service",
          cell: (one) => (
            <span className="flex min-w-0 flex-col">
              <span className="font-medium">
                {props.nameOf(one.service)}
                {one.hint && <span className="figures pl-2 font-normal text-ink-3">{one.hint}</span>}
              </span>
              <span className="text-sm text-ink-3">
                {one.client_id ? (
                  <ClientTag id={one.client_id} />
                ) : (
                  <>The organisation’s, lent to {counted(props.lentTo(one.service), "client")}</>
                )}
              </span>
              <span className="flex flex-wrap items-center gap-x-2 text-sm text-ink-3 md:hidden">
                <State bare told={STATES[one.state]} />
                {one.expires_at && <Time at={one.expires_at} />}
              </span>
            </span>
          ),
        },
        {
          id: "used",
          title: "Last used",
          short: true,
          spare: true,
          cell: (one) => (one.last_used_at ? <Time at={one.last_used_at} /> : "never"),
        },
        {
          id: "ends",
          title: "Ends",
          short: true,
          spare: true,
          cell: (one) => (one.expires_at ? <Time at={one.expires_at} /> : "no date"),
        },
        actColumn(
          "Change",
          (one: ServiceKey) =>
            mayChange(one) && (
              <Button
                small
                aria-label={`Change the key of ${props.nameOf(one.service)} for ${ownerOf(one)}`}
                onClick={() => props.onOpen(one)}
              >
                Change
              </Button>
            ),
        ),
      ]}
    />
  );
}
