// Who is signed in: profile, theme, sign out.
import { useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { useScope } from "@/api/scope";
import { useSignOut } from "@/api/session";
import { forgetAll } from "@/features/phones/wall/recent";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { setTheme, type Theme, useTheme } from "@/ui/theme";

export const THEMES = [
  { id: "light", name: "Light", icon: Sun },
  { id: "dark", name: "Dark", icon: Moon },
  { id: "system", name: "As the system", icon: Monitor },
] as const satisfies readonly { id: Theme; name: string; icon: unknown }[];

export function UserMenu() {
  const { session } = useScope();
  return (
    <Menu
      label="Your account"
      trigger={
        <button
          type="button"
          className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-ink-2 transition-colors hover:bg-hover hover:text-ink"
        >
          <span
            aria-hidden
            className="grid size-6 shrink-0 place-items-center rounded-full bg-line text-xs font-semibold text-ink"
          >
            {[...session.user.name][0]?.toLocaleUpperCase() ?? "?"}
          </span>
          <span dir="auto" className="min-w-0 flex-1 truncate text-left">
            {session.user.name}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
        </button>
      }
    >
      <UserItems />
    </Menu>
  );
}

export function UserItems() {
  const theme = useTheme();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <>
      <MenuItem
        icon={UserRound}
        onPick={() => void navigate({ to: "/settings/$section", params: { section: "profile" } })}
      >
        My profile
      </MenuItem>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      {THEMES.map((one) => (
        <MenuItem key={one.id} icon={one.icon} chosen={theme === one.id} onPick={() => setTheme(one.id)}>
          {one.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem
        icon={LogOut}
        onPick={() => {
          forgetAll(localStorage);
          signOut.mutate();
        }}
      >
        Sign out
      </MenuItem>
    </>
  );
}
