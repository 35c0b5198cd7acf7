// The versions of a character: who changed it, when and why. Two can be compared, an earlier one brought back.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type VersionSummary, versionsQuery } from "@/api/versions";
import { useScope } from "@/api/scope";
import type { Character } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Checkbox } from "@/ui/Field";
import { SkeletonRows } from "@/ui/Skeleton";
import { Badge } from "@/ui/State";
import { Time } from "@/ui/Time";
import { Compared } from "./Compared";
import { labelOf } from "./fields";
import { RestoreDialog } from "./RestoreDialog";

interface Props {
  character: Character;
  compare: string | undefined;
  onCompare: (numbers: string | undefined) => void;
}

export function VersionsTab({ character, compare, onCompare }: Props) {
  const { may } = useScope();
  const versions = useInfiniteQuery(versionsQuery("character", character.id));
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [restoring, setRestoring] = useState<number | null>(null);
  const can = may("make", character.client_id) && !character.deleted_at;
  const newest = versions.data?.[0]?.number;
  const dialog = restoring !== null && (
    <RestoreDialog
      character={character}
      number={restoring}
      onClose={() => setRestoring(null)}
      onDone={() => (setRestoring(null), onCompare(undefined))}
    />
  );

  if (compare) {
    const [before = 1, after = 1] = compare.split("-").map(Number);
    return (
      <>
        <Compared
          kind="character"
          id={character.id}
          before={before}
          after={after}
          onBack={() => onCompare(undefined)}
          onRestore={can && before !== newest ? () => setRestoring(before) : undefined}
        />
        {dialog}
      </>
    );
  }
  if (versions.error) return <ErrorNote error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <SkeletonRows rows={3} />;
  const pair = [...chosen].sort((a, b) => a - b).join("-");
  return (
    <>
      <p className="text-ink-2">{introduction(versions.data.length)}</p>
      {versions.data.length > 1 && (
        <div>
          <Button disabled={chosen.length !== 2} onClick={() => onCompare(pair)}>
            {chosen.length === 2 ? `Compare ${pair.replace("-", " and ")}` : "Choose two to compare"}
          </Button>
        </div>
      )}
      <ol reversed aria-label="Versions" className="flex flex-col">
        {versions.data.map((one) => (
          <Row
            key={one.number}
            version={one}
            newest={one.number === newest}
            chosen={versions.data.length > 1 ? chosen.includes(one.number) : undefined}
            onChoose={(on) =>
              // A third one takes the place of the one that was chosen first.
              setChosen(on ? [...chosen, one.number].slice(-2) : chosen.filter((other) => other !== one.number))
            }
            onRestore={can ? () => setRestoring(one.number) : undefined}
          />
        ))}
      </ol>
      {versions.hasNextPage && (
        <div>
          <Button busy={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
      {dialog}
    </>
  );
}

function introduction(count: number): string {
  if (count === 0) return "Nothing was changed since versions are kept. The next change is written down here.";
  if (count === 1) return "This is the only version. Each change that is saved becomes another one.";
  return "Each change that was saved, the newest first. The portrait is not part of it.";
}

function Row(props: {
  version: VersionSummary;
  newest: boolean;
  chosen: boolean | undefined;
  onChoose: (on: boolean) => void;
  onRestore: (() => void) | undefined;
}) {
  const { number, author, at, reason, changed } = props.version;
  const name = <span className="figures font-medium">Version {number}</span>;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          {props.chosen === undefined ? (
            name
          ) : (
            <Checkbox
              label={name}
              aria-label={`Compare version ${number}`}
              checked={props.chosen}
              onChange={(event) => props.onChoose(event.target.checked)}
            />
          )}
          {props.newest && <Badge>Now</Badge>}
          <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
            {author}
          </span>
          <span className="text-sm text-ink-3">
            <Time at={at} />
          </span>
        </div>
        {changed.length > 0 && (
          <p className="text-sm text-ink-2">{changed.map((field) => labelOf(`/${field}`)).join(", ")}</p>
        )}
        {reason && (
          <p dir="auto" className="text-sm whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
            {reason}
          </p>
        )}
      </div>
      {props.onRestore && !props.newest && (
        <Button small aria-label={`Restore version ${number}`} onClick={props.onRestore}>
          Restore
        </Button>
      )}
    </li>
  );
}
