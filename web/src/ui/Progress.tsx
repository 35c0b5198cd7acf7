// How far long work has come.
import clsx from "clsx";

/** `fraction` 0 to 1; speaks as a percentage. */
export function Progress({ fraction, label, className }: { fraction: number; label: string; className?: string }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, fraction)));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={clsx("h-1.5 overflow-hidden rounded-full bg-line", className)}
    >
      <div className="h-full rounded-full bg-run transition-[width]" style={{ width: `${percent}%` }} />
    </div>
  );
}
