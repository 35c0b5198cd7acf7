// The people of the organisation and what they may do.
import { useQuery } from "@tanstack/react-query";
import { Ban, CircleCheck, Mail, Plus } from "lucide-react";
import { useState } from "react";
import { usersQuery } from "@/api/people";
import { useScope } from "@/api/scope";
import type { User } from "@/api/shapes";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { actColumn, stateColumn } from "@/ui/columns";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State, type Told } from "@/ui/State";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { UserDialog } from "./UserDialog";
import { ROLES } from "./words";

const states: Readonly<Record<User["status"], Told>> = {
  active: { kind: "go", icon: CircleCheck, word: "Active" },
  invited: { kind: "wait", icon: Mail, word: "Invited" },
  disabled: { kind: "calm", icon: Ban, word: "Disabled" },
};

export function UsersPart() {
  const { may } = useScope();
  const can = may("manage");
  const users = useQuery({ ...usersQuery, enabled: can });
  const [open, setOpen] = useState<User | "new" | null>(null);
  if (!can) {
    return (
      <EmptyState picture="key" title="Administrators look after people">
        Ask one of them if somebody should join, or if you need more access.
      </EmptyState>
    );
  }
  return (
    <Section
      title="Users"
      count={users.data?.length}
      aside={
        <Button small icon={Plus} onClick={() => setOpen("new")}>
          Invite somebody
        </Button>
      }
    >
      {users.error && <ErrorNote error={users.error} onRetry={() => void users.refetch()} />}
      {users.isPending && <SkeletonRows rows={3} />}
      {users.data && (
        <Table
          label="Users"
          rows={users.data}
          keyOf={(one) => one.id}
          columns={[
            stateColumn((one: User) => states[one.status]),
            {
              id: "name",
              title: "Name",
              cell: (one) => (
                <span className="min-w-0">
                  <span dir="auto" className="line-clamp-1 font-medium">
                    {one.name}
                  </span>
                  <span className="block text-sm text-ink-3">{one.email}</span>
                  <span className="flex flex-wrap gap-x-2 text-sm text-ink-3 md:hidden">
                    {ROLES[one.role].name}
                    {one.status !== "active" && <State bare told={states[one.status]} />}
                  </span>
                </span>
              ),
            },
            { id: "role", title: "Role", short: true, spare: true, cell: (one) => ROLES[one.role].name },
            {
              id: "access",
              title: "Access",
              spare: true,
              short: true,
              cell: (one) => (one.role === "super" ? "everything" : counted(one.access.length, "client")),
            },
            {
              id: "seen",
              title: "Last seen",
              spare: true,
              short: true,
              cell: (one) => (one.last_seen_at ? <Time at={one.last_seen_at} /> : "never"),
            },
            actColumn("Change", (one: User) => (
              <Button small aria-label={`Change ${one.name}`} onClick={() => setOpen(one)}>
                Change
              </Button>
            )),
          ]}
        />
      )}
      {open && <UserDialog user={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
