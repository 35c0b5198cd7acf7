// The pages of the phone lab: the wall, the list of phones, the agents.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { useScope } from "@/api/scope";

const PAGES = [
  { to: "/phones", name: "Wall" },
  { to: "/phones/list", name: "Phones" },
  { to: "/phones/agents", name: "Agents" },
] as const;

/** Stands in a page's title line, or wherever the wall wants it. */
export function PhonesNav({ className }: { className?: string }) {
  // Nobody else may see the agents.
  const rules = useScope().session.user.role === "super";
  return (
    <nav aria-label="Phones" className={clsx("inline-flex rounded-md border bg-sunken p-0.5", className)}>
      {PAGES.filter(({ to }) => rules || to !== "/phones/agents").map(({ to, name }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="flex min-h-6 items-center rounded-sm border border-transparent px-2.5 text-sm whitespace-nowrap text-ink-2 transition-colors hover:text-ink aria-[current=page]:border-line aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:min-h-9"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
