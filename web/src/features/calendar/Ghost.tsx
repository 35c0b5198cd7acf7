// A free queue slot: a place that waits for a post; pressed, it plans one there.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import type { CSSProperties } from "react";
import type { Account } from "@/api/shapes";
import { accountColour, PlatformIcon } from "@/ui/AccountMark";

export interface Free {
  account: Account;
  day: string;
  time: string;
}

export function Ghost({ free, className, style }: { free: Free; className?: string; style?: CSSProperties }) {
  return (
    <Link
      data-ghost
      from="/calendar"
      to="/calendar"
      search={(before) => ({ ...before, day: free.day, time: free.time, on: free.account.id })}
      aria-label={`Free slot at ${free.time} on ${free.account.name}: plan a post there`}
      title={`Free slot of ${free.account.name}`}
      style={{ ...style, borderLeftColor: accountColour(free.account.id) }}
      className={clsx(
        "@container flex min-h-6 min-w-0 items-center overflow-hidden rounded-sm border border-l-3 border-dashed border-line-strong px-1 text-sm text-ink-3 hover:bg-hover hover:text-ink",
        className,
      )}
    >
      <span className="figures shrink-0 @max-[4rem]:text-xs">{free.time}</span>
      <span className="ml-1 min-w-0 truncate @max-[7rem]:hidden max-md:sr-only">free slot</span>
      <PlatformIcon
        platform={free.account.platform}
        className="ml-auto size-3.5 shrink-0 @max-[4.5rem]:hidden max-md:hidden"
      />
    </Link>
  );
}
