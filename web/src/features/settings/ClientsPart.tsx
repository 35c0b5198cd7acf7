// The organisation's clients.
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { clientsQuery } from "@/api/people";
import { useScope } from "@/api/scope";
import type { Client } from "@/api/shapes";
import { wallAt, zoneCity } from "@/lib/zones";
import { Button } from "@/ui/Button";
import { actColumn } from "@/ui/columns";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { Badge, Dot } from "@/ui/State";
import { Table } from "@/ui/Table";
import { useNow } from "@/ui/Time";
import { ClientDialog } from "./ClientDialog";

export function ClientsPart() {
  const clients = useQuery(clientsQuery);
  const { may } = useScope();
  const now = useNow();
  const [open, setOpen] = useState<Client | "new" | null>(null);
  const can = may("manage");
  return (
    <Section
      title="Clients"
      count={clients.data?.length}
      aside={
        can && (
          <Button small icon={Plus} onClick={() => setOpen("new")}>
            Add a client
          </Button>
        )
      }
    >
      {clients.error && <ErrorNote error={clients.error} onRetry={() => void clients.refetch()} />}
      {clients.isPending && <SkeletonRows rows={3} />}
      {clients.data && (
        <Table
          label="Clients"
          rows={clients.data}
          keyOf={(one) => one.id}
          columns={[
            {
              id: "name",
              title: "Name",
              cell: (one) => (
                <span className="flex min-w-0 items-center gap-2">
                  <Dot colour={one.colour} />
                  <span dir="auto" className="line-clamp-2 font-medium">
                    {one.name}
                  </span>
                  {one.status === "archived" && <Badge>archived</Badge>}
                </span>
              ),
            },
            {
              id: "zone",
              title: "Time zone",
              spare: true,
              short: true,
              cell: (one) => `${zoneCity(one.zone)}, ${wallAt(now, one.zone).time} now`,
            },
            actColumn(
              "Change",
              (one: Client) =>
                can && (
                  <Button small aria-label={`Change ${one.name}`} onClick={() => setOpen(one)}>
                    Change
                  </Button>
                ),
            ),
          ]}
        />
      )}
      {open && <ClientDialog client={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
