// A word that was chosen, with the way to take it out again.
import clsx from "clsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  /** What the button does, in words. */
  label: string;
  onRemove: () => void;
  /** One of those that are selected, rather than a word. */
  picked?: boolean;
  children: ReactNode;
}

export function Chip({ label, onRemove, picked = false, children }: Props) {
  return (
    <li
      className={clsx(
        "flex h-6 max-w-full min-w-0 items-center gap-1 rounded-sm pl-1.5 text-sm pointer-coarse:h-9",
        picked ? "bg-pick-soft text-pick" : "bg-sunken",
      )}
    >
      {children}
      <button
        type="button"
        aria-label={label}
        className={clsx(
          "grid size-6 shrink-0 place-items-center rounded-sm transition-colors hover:bg-hover pointer-coarse:size-9",
          !picked && "text-ink-3 hover:text-ink",
        )}
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" strokeWidth={1.75} />
      </button>
    </li>
  );
}
