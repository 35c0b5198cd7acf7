// Ctrl+K: go anywhere, do anything, find anything by name.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Clapperboard, type LucideIcon, Search, VenetianMask } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { charactersQuery } from "@/api/characters";
import { contentsQuery } from "@/api/contents";
import { useScope } from "@/api/scope";
import { contentState } from "@/ui/states";
import { useSwitchClient } from "./ClientSwitcher";
import { matches } from "./matches";
import { PLACES } from "./places";
import { setTheme } from "@/ui/theme";
import { THEMES } from "./UserMenu";

interface Command {
  id: string;
  group: string;
  name: string;
  aside?: string;
  icon: LucideIcon;
  run: () => void;
}

export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-4 left-1/2 z-40 flex max-h-[min(28rem,80dvh)] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 animate-appear flex-col rounded-lg border bg-surface shadow-float md:top-[14vh]"
        >
          <Radix.Title className="sr-only">Search and commands</Radix.Title>
          <Finder onClose={onClose} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = useCommands(useDeferredValue(text));
  const current = Math.min(at, found.length - 1);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") run(found[current]);
    else if (step) setAt((found.length + current + step) % Math.max(1, found.length));
    else return;
    event.preventDefault();
  };
  const option = (index: number) => `${listId}-${index}`;

  return (
    <>
      <div className="flex items-center gap-2 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
        <input
          autoFocus
          dir="auto"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={found.length ? option(current) : undefined}
          aria-label="Search and commands"
          placeholder="Go to, do, or find…"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
      </div>
      <ul id={listId} role="listbox" aria-label="Results" className="scroll-quiet min-h-0 overflow-y-auto p-1">
        {found.map((command, index) => (
          <li
            key={command.id}
            id={option(index)}
            role="option"
            aria-selected={index === current}
            ref={(row) => {
              if (row && index === current) row.scrollIntoView({ block: "nearest" });
            }}
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
            className="flex min-h-9 cursor-default items-center gap-2 rounded-sm px-3 aria-selected:bg-pick-soft"
          >
            <command.icon aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {command.name}
            </span>
            <span className="shrink-0 text-sm text-ink-3">{command.aside ?? command.group}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="px-4 py-6 text-center text-ink-2">Nothing is called that.</p>}
    </>
  );
}

function useCommands(text: string): Command[] {
  const navigate = useNavigate();
  const { session, clientId } = useScope();
  const switchClient = useSwitchClient();
  const asked = text.trim();
  const characters = useQuery({ ...charactersQuery(clientId), enabled: asked !== "" });
  const contents = useQuery({ ...contentsQuery({ client: clientId, q: asked }), enabled: asked.length > 1 });

  const fixed: Command[] = [
    ...PLACES.map((place) => ({
      id: place.to,
      group: "Go to",
      name: place.name,
      icon: place.icon,
      run: () => void navigate({ to: place.to }),
    })),
    { id: "make", group: "Do", name: "Make a video", icon: Clapperboard, run: () => void navigate({ to: "/make" }) },
    {
      id: "cast",
      group: "Do",
      name: "Add a character",
      icon: VenetianMask,
      run: () => void navigate({ to: "/cast", search: { create: true } }),
    },
    ...THEMES.map((theme) => ({
      id: theme.id,
      group: "Theme",
      name: `Theme: ${theme.name.toLowerCase()}`,
      icon: theme.icon,
      run: () => setTheme(theme.id),
    })),
    ...(session.clients.length > 1
      ? session.clients.map((client) => ({
          id: client.id,
          group: "Client",
          name: client.name,
          icon: Search,
          run: () => switchClient(client.id),
        }))
      : []),
  ];
  const people: Command[] = (characters.data ?? []).map((one) => ({
    id: one.id,
    group: "Character",
    name: one.name,
    icon: VenetianMask,
    run: () => void navigate({ to: "/cast", search: { character: one.id } }),
  }));
  const videos: Command[] = (asked.length > 1 ? (contents.data ?? []) : []).slice(0, 8).map((one) => ({
    id: one.id,
    group: "Video",
    name: one.topic,
    aside: contentState(one.status).word,
    icon: Clapperboard,
    run: () => void navigate({ to: "/review", search: { content: one.id } }),
  }));
  if (asked === "") return fixed;
  return [...[...fixed, ...people].filter((command) => matches(command.name, asked)), ...videos];
}
