// The wall's place in the page: the engine's element, what is dropped on it, and its live region.
import { ChevronLeft, ChevronRight, Upload } from "lucide-react";
import { type DragEvent, useState } from "react";
import { Button } from "@/ui/Button";

interface Props {
  attach: (host: HTMLElement | null) => (() => void) | undefined;
  said: string;
  /** To the phone before or after the large one; null while all are shown. */
  onTurn: ((by: 1 | -1) => void) | null;
  /** Where files may be dropped now; null where they may not. */
  onDrop: ((files: readonly File[], at: { clientX: number; clientY: number }) => void) | null;
}

export function Stage({ attach, said, onTurn, onDrop }: Props) {
  const [over, setOver] = useState(false);
  const carries = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  return (
    <div
      className="relative min-h-96 min-w-0 flex-1 bg-sunken"
      onDragOver={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = onDrop ? "copy" : "none";
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(false);
        onDrop?.([...event.dataTransfer.files], event);
      }}
    >
      <div ref={attach} className="absolute inset-0" />
      {onTurn && (
        <>
          <Button
            className="absolute top-1/2 left-2 -translate-y-1/2"
            icon={ChevronLeft}
            aria-label="The phone before"
            onClick={() => onTurn(-1)}
          />
          <Button
            className="absolute top-1/2 right-2 -translate-y-1/2"
            icon={ChevronRight}
            aria-label="The next phone"
            onClick={() => onTurn(1)}
          />
        </>
      )}
      {over && (
        <div className="pointer-events-none absolute inset-2 grid place-items-end rounded-lg border-2 border-dashed border-pick">
          <p className="m-3 flex items-center gap-2 rounded-md border bg-surface px-3 py-1.5 shadow-float">
            <Upload aria-hidden className="size-4 text-ink-3" strokeWidth={1.75} />
            {onDrop
              ? "Packages are installed, other files are put on the phone"
              : "Press M to act, then drop files on a phone"}
          </p>
        </div>
      )}
      <p role="status" aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}
