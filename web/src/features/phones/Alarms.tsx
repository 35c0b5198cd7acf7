// What went wrong with phones, one line each, where nobody overlooks it.
import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  label: string;
  icon: LucideIcon;
  /** Each with what stands small beneath it. */
  alarms: readonly { id: string; what: ReactNode; beneath: ReactNode }[];
  className?: string;
}

/** Nothing where nothing is wrong. */
export function Alarms({ label, icon: Icon, alarms, className }: Props) {
  if (alarms.length === 0) return null;
  return (
    <ul aria-label={label} className={clsx("flex flex-col gap-2", className)}>
      {alarms.map(({ id, what, beneath }) => (
        <li
          key={id}
          className="flex items-start gap-2 rounded-md bg-broken-soft px-3 py-2 [overflow-wrap:anywhere] text-broken"
        >
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          <span dir="auto" className="min-w-0">
            {what}
            {beneath && <span className="block text-sm">{beneath}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
