// Chooses whose work is shown: one client, or all that the person may see.
import { useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown, Layers } from "lucide-react";
import { useScope } from "@/api/scope";
import { Menu, MenuItem } from "@/ui/Menu";
import { Dot } from "@/ui/State";

/** Keeps the page and drops what belongs to the client left behind. */
export function useSwitchClient(): (id: string | undefined) => void {
  const navigate = useNavigate();
  return (id) => void navigate({ to: ".", search: { client: id } as never });
}

export function ClientSwitcher() {
  const { session, client } = useScope();
  const choose = useSwitchClient();
  const only = session.clients.length === 1 ? session.clients[0] : undefined;
  const shown = client ?? only;
  const name = (
    <>
      {shown ? (
        <Dot colour={shown.colour} />
      ) : (
        <Layers aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
      )}
      <span dir="auto" className="min-w-0 flex-1 truncate text-left font-medium">
        {shown ? shown.name : "All my clients"}
      </span>
    </>
  );
  if (only) return <div className="flex h-8 min-w-0 items-center gap-2 px-2">{name}</div>;
  return (
    <Menu
      label="Clients"
      trigger={
        <button
          type="button"
          aria-label={`Client: ${shown?.name ?? "all my clients"}`}
          className="flex h-8 w-full min-w-0 items-center gap-2 rounded-md border bg-surface px-2 transition-colors hover:bg-hover pointer-coarse:h-10"
        >
          {name}
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
        </button>
      }
    >
      <MenuItem icon={Layers} chosen={!client} onPick={() => choose(undefined)}>
        All my clients
      </MenuItem>
      {session.clients.map((one) => (
        <MenuItem
          key={one.id}
          mark={<Dot colour={one.colour} className="mx-[3px]" />}
          chosen={client?.id === one.id}
          onPick={() => choose(one.id)}
        >
          {one.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
