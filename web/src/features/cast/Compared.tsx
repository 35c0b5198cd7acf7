// Two versions beside each other, field by field; in texts the words that went and came are marked.
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useMemo, useState } from "react";
import { comparisonQuery, type DefinitionVersion } from "@/api/versions";
import { type Piece, wordDiff } from "@/lib/words";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { SkeletonRows } from "@/ui/Skeleton";
import { Badge } from "@/ui/State";
import { Segments } from "@/ui/Tabs";
import { Time } from "@/ui/Time";
import { type FieldPair, fieldPairs } from "./fields";

interface Props {
  kind: string;
  id: string;
  before: number;
  after: number;
  onBack: () => void;
  /** Brings the older one back. */
  onRestore: (() => void) | undefined;
}

export function Compared({ kind, id, before, after, onBack, onRestore }: Props) {
  const compared = useQuery(comparisonQuery(kind, id, before, after));
  const [shown, setShown] = useState<"changed" | "all">("changed");
  const pairs = compared.data ? fieldPairs(compared.data) : [];
  const changed = pairs.filter((one) => one.changed);
  return (
    <section aria-label={`Versions ${before} and ${after}`} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button small tone="quiet" icon={ArrowLeft} onClick={onBack}>
          All versions
        </Button>
        <span className="ml-auto" />
        <Segments
          label="Which fields"
          value={shown}
          onChange={setShown}
          options={[
            { value: "changed", label: "What differs" },
            { value: "all", label: "Everything" },
          ]}
        />
        {onRestore && (
          <Button small onClick={onRestore}>
            Restore version {before}
          </Button>
        )}
      </div>
      {compared.error && <ErrorNote error={compared.error} onRetry={() => void compared.refetch()} />}
      {compared.isPending && <SkeletonRows rows={4} />}
      {compared.data && (
        <>
          <div className="grid gap-x-4 gap-y-1 border-b pb-2 sm:grid-cols-2">
            {compared.data.before && <Whose version={compared.data.before} />}
            <Whose version={compared.data.after} />
          </div>
          <p role="status" className="text-sm text-ink-3">
            {changed.length === 0
              ? "They say the same."
              : `${counted(changed.length, "field")} of ${pairs.length} differ.`}
          </p>
          <ul aria-label="Fields" className="flex flex-col">
            {(shown === "all" ? pairs : changed).map((one) => (
              <Field key={one.path} pair={one} before={before} after={after} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Whose({ version: { number, author, at, reason } }: { version: DefinitionVersion }) {
  return (
    <div className="min-w-0">
      <p>
        <span className="figures font-medium">Version {number}</span>{" "}
        <span className="text-sm text-ink-3">
          <Time at={at} />
        </span>
      </p>
      <p dir="auto" className="text-sm text-ink-2 [overflow-wrap:anywhere]">
        {author}
        {reason && `: ${reason}`}
      </p>
    </div>
  );
}

function Field({ pair, before, after }: { pair: FieldPair; before: number; after: number }) {
  const pieces = useMemo(
    () => (pair.changed && pair.before !== null && pair.after !== null ? wordDiff(pair.before, pair.after) : null),
    [pair.changed, pair.before, pair.after],
  );
  return (
    <li className="flex flex-col gap-1 border-b py-2.5 last:border-b-0">
      <p className="flex flex-wrap items-center gap-2 text-sm font-medium [overflow-wrap:anywhere]">
        {pair.label} {pair.changed && <Badge kind="wait">Differs</Badge>}
      </p>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <Side name={`Version ${before}`} text={pair.before} pieces={pieces} kind="gone" changed={pair.changed} />
        <Side name={`Version ${after}`} text={pair.after} pieces={pieces} kind="new" changed={pair.changed} />
      </div>
    </li>
  );
}

function Side(props: {
  name: string;
  text: string | null;
  pieces: readonly Piece[] | null;
  kind: "gone" | "new";
  changed: boolean;
}) {
  const { name, text, pieces, kind, changed } = props;
  const mine = pieces?.filter((piece) => piece.kind === "same" || piece.kind === kind);
  return (
    <div className="min-w-0">
      <p className="text-xs text-ink-3 sm:sr-only">{name}</p>
      {text === null || text === "" ? (
        <p className="text-ink-3">{text === null ? "Not there" : "Empty"}</p>
      ) : (
        <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {mine?.map((piece, index) => <Words key={index} piece={piece} />) ??
            (changed ? <Words piece={{ kind, text }} /> : text)}
        </p>
      )}
    </div>
  );
}

function Words({ piece: { kind, text } }: { piece: Piece }) {
  if (kind === "same") return text;
  if (kind === "gone") return <del className="rounded-sm bg-broken-soft decoration-broken">{text}</del>;
  return <ins className="rounded-sm bg-go-soft decoration-go">{text}</ins>;
}
