// A state is an icon and a word, in the colour of its kind.
import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type Kind = "go" | "wait" | "broken" | "run" | "calm";

export interface Told {
  kind: Kind;
  icon: LucideIcon;
  word: string;
}

const soft: Record<Kind, string> = {
  go: "bg-go-soft text-go",
  wait: "bg-wait-soft text-wait",
  broken: "bg-broken-soft text-broken",
  run: "bg-run-soft text-run",
  calm: "bg-sunken text-ink-2",
};

const ink: Record<Kind, string> = {
  go: "text-go",
  wait: "text-wait",
  broken: "text-broken",
  run: "text-run",
  calm: "text-ink-2",
};

/** `bare` leaves the tinted ground out, for dense lists. */
export function State({ told, bare = false, className }: { told: Told; bare?: boolean; className?: string }) {
  const Icon = told.icon;
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1 text-sm font-medium whitespace-nowrap",
        bare ? ink[told.kind] : clsx("h-6 rounded-sm px-1.5", soft[told.kind]),
        className,
      )}
    >
      <Icon
        aria-hidden
        className={clsx("size-4 shrink-0", told.kind === "run" && "animate-pulse")}
        strokeWidth={1.75}
      />
      {told.word}
    </span>
  );
}

export function Badge({ children, kind = "calm" }: { children: ReactNode; kind?: Kind }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center rounded-sm px-1.5 text-xs font-medium whitespace-nowrap",
        soft[kind],
      )}
    >
      {children}
    </span>
  );
}

export function Dot({ colour, className }: { colour: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx("inline-block size-2.5 shrink-0 rounded-full", className)}
      style={{ background: colour }}
    />
  );
}
