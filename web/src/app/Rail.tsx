// The left rail: whose work, where to, who is signed in.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { contentsQuery } from "@/api/contents";
import { useScope } from "@/api/scope";
import { Keys } from "@/ui/Keys";
import { Badge } from "@/ui/State";
import { ClientSwitcher } from "./ClientSwitcher";
import { Mark } from "./Mark";
import { type Place, PLACES } from "./places";
import { UserMenu } from "./UserMenu";

export function Rail({ onAsk }: { onAsk: () => void }) {
  const { session } = useScope();
  return (
    <header className="hidden w-56 shrink-0 flex-col gap-3 border-r px-3 py-3 md:flex">
      <div className="flex min-w-0 items-center gap-2 px-2 pt-1">
        <Mark className="size-6" />
        <span dir="auto" title={session.organisation.name} className="min-w-0 truncate font-semibold">
          {session.organisation.name}
        </span>
        {session.organisation.demo && <Badge kind="wait">demo</Badge>}
      </div>
      <ClientSwitcher />
      <button
        type="button"
        onClick={onAsk}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink"
      >
        <Search aria-hidden className="size-4" strokeWidth={1.75} />
        <span className="flex-1 text-left">Search</span>
        <Keys keys="Ctrl K" />
      </button>
      <nav aria-label="Main" className="flex flex-1 flex-col gap-0.5">
        {PLACES.map((place) => (
          <RailLink key={place.to} place={place} />
        ))}
      </nav>
      <UserMenu />
    </header>
  );
}

function RailLink({ place: { to, name, icon: Icon } }: { place: Place }) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      className="flex h-8 items-center gap-2 rounded-md px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pick-soft aria-[current=page]:font-medium aria-[current=page]:text-pick"
    >
      <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      <span className="flex-1">{name}</span>
      {to === "/review" && <WaitingCount />}
    </Link>
  );
}

/** How many videos wait for a person. */
export function WaitingCount({ className }: { className?: string }) {
  const { clientId } = useScope();
  const { data = [] } = useQuery(contentsQuery({ client: clientId, status: "review" }));
  if (data.length === 0) return null;
  return (
    <span
      className={`figures min-w-5 rounded-sm bg-wait-soft px-1 text-center text-xs leading-5 font-medium text-wait ${className ?? ""}`}
    >
      {data.length}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
