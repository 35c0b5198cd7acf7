// The secret that signs what a webhook is told: shown now, and never again.
import type { components } from "@/api/schema";
import { OnceDialog } from "@/ui/OnceDialog";
import { Once } from "./Once";

export function WebhookSecret({ made, onClose }: { made: components["schemas"]["MadeWebhook"]; onClose: () => void }) {
  return (
    <OnceDialog title="The webhook’s secret" onClose={onClose}>
      <Once
        label="Secret"
        value={made.secret}
        hint="Copy it now; it is not shown again. The receiver checks with it that a request came from here and is whole, as Standard Webhooks describes."
      />
      {made.made.previous_secret_until && (
        <p className="text-ink-2">For 24 hours requests are signed with the old secret too.</p>
      )}
    </OnceDialog>
  );
}
