// A phone around a vertical picture, about the size of the real thing.
import clsx from "clsx";
import type { ReactNode } from "react";
import type { SafeArea } from "./safeAreas";

export function PhoneFrame({
  children,
  area,
  className,
}: {
  children: ReactNode;
  area?: SafeArea | null;
  className?: string;
}) {
  return (
    <div className="relative w-fit max-w-full rounded-[28px] border border-line-strong bg-black p-2">
      <div className={clsx("relative aspect-9/16 max-w-full overflow-hidden rounded-[20px] bg-black", className)}>
        {children}
        {area && <SafeOverlay area={area} />}
      </div>
    </div>
  );
}

function SafeOverlay({ area }: { area: SafeArea }) {
  const share = (value: number) => `${100 * value}%`;
  const shade = "absolute bg-black/55";
  return (
    <div
      className="pointer-events-none absolute inset-0"
      role="img"
      aria-label={`Covered by ${area.name}: the shaded edges`}
    >
      <div className={clsx(shade, "inset-x-0 top-0")} style={{ height: share(area.top) }} />
      <div className={clsx(shade, "inset-x-0 bottom-0")} style={{ height: share(area.bottom) }} />
      <div
        className={clsx(shade, "left-0")}
        style={{ width: share(area.left), top: share(area.top), bottom: share(area.bottom) }}
      />
      <div
        className={clsx(shade, "right-0")}
        style={{ width: share(area.right), top: share(area.top), bottom: share(area.bottom) }}
      />
      <div
        className="absolute border border-dashed border-white"
        style={{ top: share(area.top), right: share(area.right), bottom: share(area.bottom), left: share(area.left) }}
      />
      <span className="absolute top-2 left-1/2 -translate-x-1/2 rounded-sm bg-black/70 px-1.5 text-xs whitespace-nowrap text-white">
        {area.name}
      </span>
    </div>
  );
}
