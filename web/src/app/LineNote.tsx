// Says calmly that the live line to the server is lost, and takes it back when it is there again.
import { Unplug } from "lucide-react";
import { useLine } from "@/api/live";

export function LineNote() {
  const lost = useLine() === "lost";
  return (
    <div role="status" aria-live="polite">
      {lost && (
        <p className="flex items-center gap-2 border-b bg-wait-soft px-4 py-1.5 text-wait md:px-6">
          <Unplug aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
          Connection lost. Trying again; what you see may be a little old.
        </p>
      )}
    </div>
  );
}
