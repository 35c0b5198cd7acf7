// Webhooks: which other programs are told what happens here, and whether that works.
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import type { components } from "@/api/schema";
import { useScope } from "@/api/scope";
import { type Webhook, useDeleteWebhook, useRotateSecret, webhooksQuery } from "@/api/webhooks";
import { Button } from "@/ui/Button";
import { ClientTag } from "@/ui/ClientTag";
import { Confirm } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State } from "@/ui/State";
import { Time } from "@/ui/Time";
import { say } from "@/ui/Toast";
import { WebhookActs } from "./WebhookActs";
import { WebhookDeliveries } from "./WebhookDeliveries";
import { WebhookDialog } from "./WebhookDialog";
import { WebhookSecret } from "./WebhookSecret";
import { health, kindsWords } from "./webhookWords";

type Asked =
  | { what: "make" }
  | { what: "change" | "rotate" | "delete"; webhook: Webhook }
  | { what: "copy"; made: components["schemas"]["MadeWebhook"] };

export function WebhooksPart() {
  const { may } = useScope();
  const can = may("manage");
  const webhooks = useQuery({ ...webhooksQuery, enabled: can });
  const [asked, setAsked] = useState<Asked | null>(null);
  if (!can) {
    return (
      <EmptyState picture="cable" title="Administrators connect other programs">
        Ask one of them if another program should be told what happens here.
      </EmptyState>
    );
  }
  const add = (
    <Button small icon={Plus} onClick={() => setAsked({ what: "make" })}>
      Make a webhook
    </Button>
  );
  return (
    <Section title="Webhooks" count={webhooks.data?.length} aside={webhooks.data?.length ? add : undefined}>
      {webhooks.error && <ErrorNote error={webhooks.error} onRetry={() => void webhooks.refetch()} />}
      {webhooks.isPending && <SkeletonRows rows={2} />}
      {webhooks.data?.length === 0 && (
        <EmptyState picture="cable" title="No other program is told" act={add}>
          A webhook tells an address of yours what happens here: a video is ready, a post went out.
        </EmptyState>
      )}
      <ul className="flex flex-col">
        {webhooks.data?.map((one) => (
          <Row key={one.id} webhook={one} onAsk={(what) => setAsked({ what, webhook: one })} />
        ))}
      </ul>
      {asked && (
        <Asking
          asked={asked}
          onNext={setAsked}
          onClose={() => setAsked((current) => (current === asked ? null : current))}
        />
      )}
    </Section>
  );
}

function Row({ webhook, onAsk }: { webhook: Webhook; onAsk: (what: "change" | "rotate" | "delete") => void }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="flex flex-col gap-2 border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <State told={health(webhook)} />
        <span className="min-w-0 flex-1 basis-56">
          <span dir="auto" className="line-clamp-2 font-medium [overflow-wrap:anywhere]">
            {webhook.description || webhook.address}
          </span>
        </span>
        {webhook.client_id ? (
          <ClientTag id={webhook.client_id} />
        ) : (
          <span className="text-sm text-ink-3">whole organisation</span>
        )}
      </div>
      <p className="text-sm [overflow-wrap:anywhere] text-ink-3">
        {webhook.description && `${webhook.address} · `}
        {kindsWords(webhook.kinds)}
      </p>
      <Told webhook={webhook} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          small
          tone="quiet"
          icon={open ? ChevronDown : ChevronRight}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Deliveries
        </Button>
        <WebhookActs webhook={webhook} onAsk={onAsk} onTested={() => setOpen(true)} />
      </div>
      {open && <WebhookDeliveries webhook={webhook} />}
    </li>
  );
}

/** The newest answer, and what stands in the way. */
function Told({ webhook }: { webhook: Webhook }) {
  return (
    <div className="flex flex-col gap-0.5 text-sm text-ink-2">
      {webhook.disabled_reason && <p className="text-broken">{webhook.disabled_reason}. Mend it, then switch it on.</p>}
      {webhook.last_at && (
        <p>
          Last answer: {webhook.last_status ?? "none"}, <Time at={webhook.last_at} />
          {webhook.last_error && webhook.last_status === null && `. ${webhook.last_error}`}
        </p>
      )}
      {webhook.failing_since && (
        <p>
          Failing since <Time at={webhook.failing_since} />
          {webhook.waiting > 0 && `; ${webhook.waiting} waiting`}
        </p>
      )}
      {webhook.previous_secret_until && (
        <p>
          The old secret signs too until <Time at={webhook.previous_secret_until} />
        </p>
      )}
    </div>
  );
}

function Asking(props: { asked: Asked; onNext: (asked: Asked) => void; onClose: () => void }) {
  const { asked, onClose } = props;
  const remove = useDeleteWebhook();
  const rotate = useRotateSecret();
  if (asked.what === "copy") return <WebhookSecret made={asked.made} onClose={onClose} />;
  if (asked.what === "make") return <WebhookDialog onClose={onClose} />;
  if (asked.what === "change") return <WebhookDialog webhook={asked.webhook} onClose={onClose} />;
  const name = asked.webhook.description || asked.webhook.address;
  if (asked.what === "rotate")
    return (
      <Confirm
        open
        tone="go"
        title="Make another secret?"
        about="It is shown once. For 24 hours requests are signed with both, so that the receiver can be changed in peace."
        verb="Make another secret"
        onClose={onClose}
        act={() => rotate.mutateAsync(asked.webhook.id).then((made) => props.onNext({ what: "copy", made }))}
      />
    );
  return (
    <Confirm
      open
      title="Delete this webhook?"
      about={
        <span className="[overflow-wrap:anywhere]">{name} is told nothing more, and what it answered is gone.</span>
      }
      verb="Delete the webhook"
      onClose={onClose}
      act={() => remove.mutateAsync(asked.webhook.id).then(() => say("The webhook is deleted."))}
    />
  );
}
