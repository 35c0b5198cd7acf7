// Posts from a table: a CSV file is dropped, every line is looked at first, and only a whole table is planned.
import { CircleCheck, CircleX, Download } from "lucide-react";
import { useState } from "react";
import { type ImportedRow, TEMPLATE, useImport } from "@/api/distribute";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import { short } from "@/lib/moments";
import { counted } from "@/lib/numbers";
import { Button, ButtonAway } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot } from "@/ui/Dialog";
import { ErrorNote } from "@/ui/ErrorNote";
import { FileDrop, type TextFile } from "@/ui/FileDrop";
import { SkeletonRows } from "@/ui/Skeleton";
import { State } from "@/ui/State";
import { Table } from "@/ui/Table";
import { useNow } from "@/ui/Time";
import { say } from "@/ui/Toast";

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { clientId } = useScope();
  const look = useImport();
  const make = useImport();
  const [file, setFile] = useState<TextFile | null>(null);
  const rows = rowsIn(make.error) ?? rowsIn(look.error) ?? look.data?.rows ?? [];
  const wrong = rows.filter((row) => row.problem).length;

  const take = (next: TextFile | null) => {
    setFile(next);
    make.reset();
    look.reset();
    if (next) look.mutate({ client: clientId, text: next.text, dry: true });
  };
  const send = () => {
    if (!file) return;
    make.mutate(
      { client: clientId, text: file.text, dry: false },
      {
        onSuccess: ({ made }) => {
          say(`${counted(made, "post")} planned.`);
          onClose();
        },
      },
    );
  };
  const error = make.error ?? look.error;

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Import posts"
      about="A table with one post a line: content, account, date and time. Nothing is planned until every line is right."
    >
      <DialogBody className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <FileDrop file={file} onFile={take} />
          <ButtonAway small icon={Download} href={TEMPLATE} download="posts.csv">
            Download a template
          </ButtonAway>
        </div>
        {look.isPending && <SkeletonRows rows={3} />}
        {error && !rows.length && <ErrorNote error={error} onRetry={file ? () => take(file) : undefined} />}
        {rows.length > 0 && (
          <p role="status">
            {wrong === 0
              ? `${counted(rows.length, "line")}, all right.`
              : `${counted(wrong, "line")} of ${rows.length} can’t be planned. Mend the file and drop it again.`}
          </p>
        )}
        {rows.length > 0 && <Lines rows={rows} />}
      </DialogBody>
      <DialogFoot>
        <Button onClick={onClose}>Not now</Button>
        <Button tone="go" disabled={rows.length === 0 || wrong > 0} busy={make.isPending} onClick={send}>
          {rows.length && !wrong ? `Plan ${counted(rows.length, "post")}` : "Plan them"}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function Lines({ rows }: { rows: readonly ImportedRow[] }) {
  const { zone } = useScope();
  const now = useNow();
  return (
    <Table
      label="Lines of the table"
      rows={rows}
      keyOf={(row) => String(row.line)}
      columns={[
        { id: "line", title: "Line", number: true, cell: (row) => row.line },
        {
          id: "state",
          title: "State",
          short: true,
          cell: (row) =>
            row.problem ? (
              <State bare told={{ kind: "broken", icon: CircleX, word: "Wrong" }} />
            ) : (
              <State bare told={{ kind: "go", icon: CircleCheck, word: "Right" }} />
            ),
        },
        {
          id: "post",
          title: "Post",
          cell: (row) => (
            <span className="block min-w-0">
              <span dir="auto" className="line-clamp-2 font-medium">
                {row.content || "no content"}
              </span>
              <span dir="auto" className="block text-sm text-ink-3">
                {row.account || "no account"}
              </span>
              {row.problem && <span className="block text-sm text-broken">{row.problem}</span>}
            </span>
          ),
        },
        {
          id: "when",
          title: "Goes out",
          short: true,
          spare: true,
          cell: (row) => (row.at ? short(new Date(row.at), zone, now) : row.wall ? row.wall.replace("T", " ") : "–"),
        },
      ]}
    />
  );
}

/** A refused table says the same of each line as its dry run. */
function rowsIn(error: unknown): readonly ImportedRow[] | null {
  if (!(error instanceof ApiProblem) || !Array.isArray(error.more.rows) || error.more.rows.length === 0) return null;
  return error.more.rows as ImportedRow[];
}
