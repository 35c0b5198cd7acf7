// Where one is signed in, and ending that.
import { useQuery } from "@tanstack/react-query";
import { type OpenSession, sessionsQuery, useEndOthers, useEndSession } from "@/api/sign-in";
import { Button } from "@/ui/Button";
import { actColumn } from "@/ui/columns";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { browserName } from "./browserName";

const METHODS: Readonly<Partial<Record<OpenSession["method"], string>>> = {
  passkey: "passkey",
  link: "one-time link",
  single_sign_on: "single sign-on",
};

export function SessionsPart() {
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();
  const endOthers = useEndOthers();
  const failure = sessions.error ?? end.error ?? endOthers.error;
  const several = (sessions.data?.length ?? 0) > 1;
  return (
    <Section
      title="Where I am signed in"
      count={sessions.data?.length}
      aside={
        several && (
          <Button small busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End all others
          </Button>
        )
      }
    >
      {failure && <ErrorNote error={failure} />}
      {sessions.isPending && <SkeletonRows rows={2} />}
      {sessions.data && (
        <Table
          label="Where I am signed in"
          rows={sessions.data}
          keyOf={(one) => one.id}
          columns={[
            {
              id: "where",
              title: "Browser",
              cell: (one) => (
                <>
                  <span title={one.agent}>{browserName(one.agent)}</span>
                  <span className="block text-sm text-ink-3">
                    {one.address}
                    {METHODS[one.method] && ` · ${METHODS[one.method]}`}
                  </span>
                </>
              ),
            },
            { id: "since", title: "Since", short: true, spare: true, cell: (one) => <Time at={one.created} /> },
            { id: "used", title: "Last used", short: true, cell: (one) => <Time at={one.used} /> },
            actColumn("End", (one: OpenSession) =>
              one.current ? (
                <span className="text-ink-3">This one</span>
              ) : (
                <Button small busy={end.isPending && end.variables === one.id} onClick={() => end.mutate(one.id)}>
                  End
                </Button>
              ),
            ),
          ]}
        />
      )}
    </Section>
  );
}
