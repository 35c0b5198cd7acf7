// Where something will stand while it is being fetched.
import clsx from "clsx";
import type { CSSProperties } from "react";

export function Skeleton({ className, style }: { className?: string; style?: CSSProperties }) {
  return <span aria-hidden className={clsx("block animate-pulse rounded-sm bg-line", className)} style={style} />;
}

export function SkeletonRows({ rows = 5 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-3 border-b py-3 last:border-b-0">
          <Skeleton className="h-12 w-8 shrink-0" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5" style={{ width: `${68 - 9 * (row % 4)}%` }} />
            <Skeleton className="h-3" style={{ width: `${32 + 6 * (row % 3)}%` }} />
          </div>
        </div>
      ))}
    </div>
  );
}

export function SkeletonTiles({ tiles = 8, className }: { tiles?: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={className}>
      {Array.from({ length: tiles }, (_, tile) => (
        <div key={tile} className="flex flex-col gap-2">
          <Skeleton className="aspect-9/16 w-full rounded-md" />
          <Skeleton className="h-3.5 w-4/5" />
          <Skeleton className="h-3 w-2/5" />
        </div>
      ))}
    </div>
  );
}
