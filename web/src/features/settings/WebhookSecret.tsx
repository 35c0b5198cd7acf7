// The secret that signs what a webhook is told: shown now, and never again.
import type { components } from "@/api/schema";
import { Button } from "@/ui/Button";
import { Dialog, DialogBody, DialogFoot } from "@/ui/Dialog";
import { Once } from "./Once";

export function WebhookSecret({ made, onClose }: { made: components["schemas"]["MadeWebhook"]; onClose: () => void }) {
  return (
    <Dialog open firm onClose={onClose} title="The webhook’s secret">
      <DialogBody className="flex flex-col gap-3">
        <Once
          label="Secret"
          value={made.secret}
          hint="Copy it now; it is not shown again. The receiver checks with it that a request came from here and is whole, as Standard Webhooks describes."
        />
        {made.made.previous_secret_until && (
          <p className="text-ink-2">For 24 hours requests are signed with the old secret too.</p>
        )}
      </DialogBody>
      <DialogFoot>
        <Button tone="go" onClick={onClose}>
          I have copied it
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
