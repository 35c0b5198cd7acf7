// The frame on a phone: client and search above, five entries below.
import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, Search } from "lucide-react";
import { Button } from "@/ui/Button";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";
import { ClientSwitcher } from "./ClientSwitcher";
import { Mark } from "./Mark";
import { ON_PHONE, PLACES } from "./places";
import { WaitingCount } from "./Rail";
import { UserItems } from "./UserMenu";

export function TopBar({ onAsk }: { onAsk: () => void }) {
  return (
    <header className="flex items-center gap-2 border-b px-4 py-2 md:hidden">
      <Mark className="size-6 shrink-0" />
      <div className="min-w-0 flex-1">
        <ClientSwitcher />
      </div>
      <Button tone="quiet" icon={Search} aria-label="Search and commands" onClick={onAsk} />
    </header>
  );
}

const cell =
  "relative flex min-w-0 flex-1 flex-col items-center gap-0.5 pt-1.5 pb-1 text-xs text-ink-2 aria-[current=page]:font-medium aria-[current=page]:text-pick";

export function BottomBar() {
  const navigate = useNavigate();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(3.5rem+env(safe-area-inset-bottom))] border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {PLACES.slice(0, ON_PHONE).map(({ to, name, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === "/", includeSearch: false }} className={cell}>
          <Icon aria-hidden className="size-5" strokeWidth={1.75} />
          {name}
          {to === "/review" && <WaitingCount className="absolute top-0.5 left-1/2 ml-2.5" />}
        </Link>
      ))}
      <Menu
        align="end"
        label="More"
        trigger={
          <button type="button" className={cell}>
            <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
            More
          </button>
        }
      >
        {PLACES.slice(ON_PHONE).map(({ to, name, icon }) => (
          <MenuItem key={to} icon={icon} onPick={() => void navigate({ to })}>
            {name}
          </MenuItem>
        ))}
        <MenuLine />
        <UserItems />
      </Menu>
    </nav>
  );
}
