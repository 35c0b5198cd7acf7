// What can be done with a webhook: test it, switch it, change it, give it another secret, delete it.
import { KeyRound, Pause, PenLine, Play, Send, Trash2 } from "lucide-react";
import { useChangeWebhook, useTestWebhook, type Webhook } from "@/api/webhooks";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { say } from "@/ui/Toast";

export function WebhookActs(props: {
  webhook: Webhook;
  onAsk: (what: "change" | "rotate" | "delete") => void;
  onTested: () => void;
}) {
  const { webhook, onAsk } = props;
  const test = useTestWebhook();
  const change = useChangeWebhook();
  const turn = () =>
    change.mutate(
      { id: webhook.id, version: webhook.version, active: !webhook.active },
      {
        onSuccess: (now) =>
          say(now.active ? "It is told again, from now on." : "It is told nothing until you switch it on."),
      },
    );
  const send = () => test.mutate(webhook.id, { onSuccess: props.onTested });
  const error = test.error ?? change.error;
  return (
    <>
      <Button small icon={Send} disabled={!webhook.active} busy={test.isPending} onClick={send}>
        Send a test
      </Button>
      <Button small icon={webhook.active ? Pause : Play} busy={change.isPending} onClick={turn}>
        {webhook.active ? "Pause" : "Switch on"}
      </Button>
      <Button small icon={PenLine} onClick={() => onAsk("change")}>
        Change
      </Button>
      <Button small icon={KeyRound} onClick={() => onAsk("rotate")}>
        New secret
      </Button>
      <Button small icon={Trash2} onClick={() => onAsk("delete")}>
        Delete
      </Button>
      {error && <ErrorNote error={error} />}
    </>
  );
}
