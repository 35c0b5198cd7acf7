// Says calmly that the live line to the server is lost, and takes it back when it is there again.
import { useMatch } from "@tanstack/react-router";
import { Unplug } from "lucide-react";
import { useLine } from "@/api/live";

export function LineNote() {
  // The wall has a line of its own, says so itself, and asks for its phones again and again.
  const wall = useMatch({ from: "/desk/phones", shouldThrow: false }) !== undefined;
  const lost = useLine() === "lost" && !wall;
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
