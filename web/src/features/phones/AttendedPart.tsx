// Attended apps: a person acts in them on one phone at a time. The shipped list stays; a house adds its own.
import { useQuery } from "@tanstack/react-query";
import { Lock, Plus, UserRoundCheck } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type AttendedApp, attendedQuery, useAddAttended, useRemoveAttended } from "@/api/inventory";
import { ApiProblem, sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { actColumn, stateColumn } from "@/ui/columns";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State, type Told } from "@/ui/State";
import { Table } from "@/ui/Table";
import { TextField } from "@/ui/TextField";
import { say, sayBroken } from "@/ui/Toast";

const ATTENDED: Told = { kind: "go", icon: UserRoundCheck, word: "Attended" };
const STAYS: Told = { kind: "calm", icon: Lock, word: "Stays" };

export function AttendedPart() {
  const { session } = useScope();
  const apps = useQuery(attendedQuery);
  const mayChange = session.user.role === "super";
  const own = apps.data?.filter((one) => !one.shipped) ?? [];
  const shipped = shippedOf(apps.data ?? []);
  return (
    <div className="flex flex-col gap-6">
      <p className="text-ink-2">
        What people post and say under their names is done by a person, on one phone at a time: where one of these apps
        is in front, the wall refuses an act on several phones. The list ships with Greenroom and can’t be cut short.
      </p>
      {apps.error && <ErrorNote error={apps.error} onRetry={() => void apps.refetch()} />}
      {apps.isPending && <SkeletonRows rows={4} />}
      {apps.data && (
        <>
          <Section title="Your own" count={own.length}>
            {mayChange && <AddForm />}
            <Own apps={own} mayChange={mayChange} />
          </Section>
          <Section title="Shipped" count={shipped.length}>
            <Table
              label="Shipped attended apps"
              rows={shipped}
              keyOf={([name]) => name}
              columns={[
                { id: "name", title: "App", cell: ([name]) => name },
                {
                  id: "id",
                  title: "Package or bundle id",
                  cell: ([, ids]) => (
                    <span className="flex flex-col">
                      {ids.map((one) => (
                        <Id key={one} id={one} />
                      ))}
                    </span>
                  ),
                },
                {
                  ...actColumn("Stays", () => <State bare told={STAYS} />),
                  spare: true,
                },
              ]}
            />
          </Section>
        </>
      )}
    </div>
  );
}

function Own({ apps, mayChange }: { apps: readonly AttendedApp[]; mayChange: boolean }) {
  const remove = useRemoveAttended();
  const add = useAddAttended();
  if (apps.length === 0)
    return (
      <p className="py-3 text-ink-2">
        None yet. {mayChange ? "Add an app that your people post in." : "A super user adds them."}
      </p>
    );
  const take = (one: AttendedApp) =>
    remove.mutate(one.id, {
      onSuccess: () =>
        say(`${one.app} is attended no more.`, {
          label: "Undo",
          act: () => add.mutate({ app: one.app, name: one.name }, { onError: (error) => sayBroken(sayError(error)) }),
        }),
      onError: (error) => sayBroken(sayError(error)),
    });
  return (
    <Table
      label="Your own attended apps"
      rows={apps}
      keyOf={(one) => one.id}
      columns={[
        stateColumn(() => ATTENDED),
        { id: "name", title: "App", cell: (one) => <span dir="auto">{one.name || "–"}</span> },
        { id: "id", title: "Package or bundle id", cell: (one) => <Id id={one.app} /> },
        actColumn(
          "Remove",
          (one: AttendedApp) =>
            mayChange && (
              <Button small aria-label={`Remove ${one.app}`} onClick={() => take(one)}>
                Remove
              </Button>
            ),
        ),
      ]}
    />
  );
}

/** Each shipped app with its ids. */
function shippedOf(apps: readonly AttendedApp[]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const one of apps) if (one.shipped) found.set(one.name, [...(found.get(one.name) ?? []), one.app].sort());
  return [...found];
}

function Id({ id }: { id: string }) {
  return <code className="font-mono text-sm [overflow-wrap:anywhere]">{id}</code>;
}

function AddForm() {
  const add = useAddAttended();
  const [app, setApp] = useState("");
  const [name, setName] = useState("");
  const fields = add.error instanceof ApiProblem ? add.error.fields : {};
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!app.trim()) return;
    add.mutate(
      { app: app.trim(), name: name.trim() },
      {
        onSuccess: (made) => {
          say(`${made.app} is attended now.`);
          setApp("");
          setName("");
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={send} className="flex flex-wrap items-start gap-3 py-3">
      <TextField
        label="Package or bundle id"
        className="min-w-48 flex-1"
        error={fields.app && "An id like com.example.social: words with dots between them."}
        dir="ltr"
        placeholder="com.example.social"
        value={app}
        onChange={setApp}
      />
      <TextField
        label="Name"
        className="min-w-32 flex-1"
        error={fields.name}
        maxLength={120}
        value={name}
        onChange={setName}
      />
      <Button type="submit" icon={Plus} className="mt-6" busy={add.isPending} disabled={!app.trim()}>
        Add
      </Button>
      {add.error && !fields.app && !fields.name && <ErrorNote className="w-full" error={add.error} />}
    </form>
  );
}
