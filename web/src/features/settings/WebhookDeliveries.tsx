// What one webhook was told, and what it answered.
import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { type Delivery, deliveriesQuery, useSendAgain, type Webhook } from "@/api/webhooks";
import { counted } from "@/lib/numbers";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { SkeletonRows } from "@/ui/Skeleton";
import { State } from "@/ui/State";
import { Time } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { deliveryState, lasted } from "./webhookWords";

export function WebhookDeliveries({ webhook }: { webhook: Webhook }) {
  const told = useInfiniteQuery(deliveriesQuery(webhook.id));
  return (
    <div className="border-l-2 pl-3">
      {told.error && <ErrorNote error={told.error} onRetry={() => void told.refetch()} />}
      {told.isPending && <SkeletonRows rows={3} />}
      {told.data?.length === 0 && (
        <p className="py-2 text-ink-2">It was told nothing in the last 30 days. Send a test to see what it answers.</p>
      )}
      <ol aria-label="Deliveries" className="flex flex-col">
        {told.data?.map((one) => (
          <Row key={one.id} delivery={one} webhook={webhook} />
        ))}
      </ol>
      {told.hasNextPage && (
        <div className="py-2">
          <Button small busy={told.isFetchingNextPage} onClick={() => void told.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ delivery, webhook }: { delivery: Delivery; webhook: Webhook }) {
  const again = useSendAgain();
  const send = () =>
    again.mutate({ webhook: webhook.id, delivery: delivery.id }, { onSuccess: () => say("It is sent again.") });
  return (
    <li className="flex flex-col gap-1 border-b py-2 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <State bare told={deliveryState(delivery)} />
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{delivery.kind}</span>
        <span className="figures text-sm text-ink-3">
          {delivery.status !== null && `${delivery.status} · `}
          {delivery.duration_ms !== null && `${lasted(delivery.duration_ms)} · `}
          {delivery.attempts > 1 && `${counted(delivery.attempts, "attempt")} · `}
          <Time at={delivery.tried_at ?? delivery.created_at} />
        </span>
        {delivery.state !== "pending" && (
          <Button
            small
            className="ml-auto"
            icon={RotateCcw}
            busy={again.isPending}
            disabled={!webhook.active}
            aria-label={`Send ${delivery.kind} again`}
            onClick={send}
          >
            Send again
          </Button>
        )}
      </div>
      {delivery.error && <p className="text-sm [overflow-wrap:anywhere] text-ink-2">{delivery.error}</p>}
      {delivery.state === "failed" && delivery.next_at && webhook.active && (
        <p className="text-sm text-ink-3">
          Next attempt <Time at={delivery.next_at} />
        </p>
      )}
      {delivery.answer && (
        <details className="text-sm">
          <summary className="cursor-pointer text-ink-3">What it answered</summary>
          <pre className="scroll-quiet mt-1 max-h-48 overflow-auto rounded-md bg-sunken p-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
            {delivery.answer}
          </pre>
        </details>
      )}
      {again.error && <ErrorNote error={again.error} />}
    </li>
  );
}
