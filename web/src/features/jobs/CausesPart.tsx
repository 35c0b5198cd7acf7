// Why jobs failed: one row a cause, with all its jobs tried again at once.
import { Link } from "@tanstack/react-router";
import { RotateCcw } from "lucide-react";
import { type Cause, useRetryCause } from "@/api/jobs";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { Section } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { say, sayBroken } from "@/ui/Toast";
import { kindWord } from "./words";

export function CausesPart({ causes }: { causes: readonly Cause[] }) {
  return (
    <Section title="Why jobs failed" count={causes.length}>
      <ul aria-label="Causes" className="border-t">
        {causes.map((one) => (
          <Row key={one.cause} cause={one} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ cause }: { cause: Cause }) {
  const { may, clientId } = useScope();
  const retry = useRetryCause();
  const again = async () => {
    try {
      const told = await retry.mutateAsync({ cause: cause.cause, client: clientId });
      say(`${counted(told.retried, "job")} wait for a worker again${told.left > 0 ? `, ${told.left} are left` : ""}.`);
      if (told.refused) sayBroken(told.refused);
    } catch (error) {
      sayBroken(sayError(error));
    }
  };
  return (
    <li className="flex min-w-0 flex-wrap items-start gap-x-3 gap-y-1 border-b py-2 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-0.5">
        <span dir="auto" className="line-clamp-3 [overflow-wrap:anywhere]">
          {cause.error ?? "It did not say why."}
        </span>
        <span className="figures flex flex-wrap gap-x-3 text-sm text-ink-3">
          <span>{kindWord(cause.kind)}</span>
          <Link
            from="/jobs"
            to="/jobs"
            search={(before) => ({ ...before, cause: cause.cause, state: undefined, kind: undefined })}
            className="text-ink-2 underline hover:text-ink"
          >
            {counted(cause.jobs, "job")}
          </Link>
          <span>
            most recent: <Time at={cause.last_at} />
          </span>
        </span>
      </div>
      {may("make") && (
        <Button small icon={RotateCcw} busy={retry.isPending} onClick={() => void again()}>
          {cause.jobs === 1 ? "Retry 1 job" : `Retry all ${cause.jobs}`}
        </Button>
      )}
    </li>
  );
}
