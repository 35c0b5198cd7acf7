// What a person does with one job: try it again, or stop it.
import { CircleStop, RotateCcw } from "lucide-react";
import { useState } from "react";
import { type Job, useCancelJob, useRetryJob } from "@/api/jobs";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { say, sayBroken } from "@/ui/Toast";
import { isLive, mayRetry } from "./words";

export function JobActs({ job, small = false }: { job: Job; small?: boolean }) {
  const { may } = useScope();
  const retry = useRetryJob();
  const cancel = useCancelJob();
  const [stopping, setStopping] = useState(false);
  if (!may("make", job.client_id)) return null;
  if (mayRetry(job))
    return (
      <Button
        small={small}
        tone={small ? "plain" : "go"}
        icon={RotateCcw}
        busy={retry.isPending}
        aria-label={small ? `Retry ${job.title}` : undefined}
        onClick={() =>
          retry.mutate(job.id, {
            onSuccess: () => say("It waits for a worker again."),
            onError: (error) => sayBroken(sayError(error)),
          })
        }
      >
        Retry
      </Button>
    );
  if (!isLive(job)) return null;
  return (
    <>
      <Button
        small={small}
        icon={CircleStop}
        disabled={job.cancel_requested}
        aria-label={small ? `Cancel ${job.title}` : undefined}
        onClick={() => setStopping(true)}
      >
        Cancel
      </Button>
      {stopping && (
        <Confirm
          open
          title="Cancel this job?"
          about={
            <>
              <span dir="auto" className="font-medium [overflow-wrap:anywhere] text-ink">
                {job.title}
              </span>{" "}
              {job.state === "running"
                ? "stops as soon as it can, mostly within a second or two. What it has finished is kept, and it can be tried again."
                : "is not begun. It can be tried again."}
            </>
          }
          verb="Cancel 1 job"
          onClose={() => setStopping(false)}
          act={() =>
            cancel
              .mutateAsync(job.id)
              .then((now) => say(now.state === "running" ? "It stops in a moment." : "Cancelled."))
          }
        />
      )}
    </>
  );
}
