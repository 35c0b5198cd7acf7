// One character's sheet: edited in tabs, saved as a whole, deleted with undo.
import { ExternalLink, Trash2, X } from "lucide-react";
import { useState } from "react";
import { characterQuery, useDeleteCharacter, useRestoreCharacter, useSaveCharacter } from "@/api/characters";
import { ApiProblem, isStatus, sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Character } from "@/api/shapes";
import { useQueryClient } from "@tanstack/react-query";
import { Button, ButtonAway, ButtonLink, IconButton } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Portrait } from "@/ui/Portrait";
import { Tabs } from "@/ui/Tabs";
import { say, sayBroken } from "@/ui/Toast";
import { DisclosureTab } from "./DisclosureTab";
import { changesOf, type Draft, draftOf } from "./draft";
import { LinksTab } from "./LinksTab";
import { LookTab } from "./LookTab";
import { PersonaTab } from "./PersonaTab";
import { ProfileTab } from "./ProfileTab";
import { VersionsTab } from "./VersionsTab";
import { VoiceTab } from "./VoiceTab";

export type Tab = "profile" | "persona" | "look" | "voice" | "disclosure" | "links" | "versions";

export interface PaneProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
  fields: Readonly<Record<string, string>>;
}

interface Props {
  character: Character;
  tab: Tab;
  onTab: (tab: Tab) => void;
  /** Two versions beside each other, as in the address. */
  compare: string | undefined;
  onCompare: (numbers: string | undefined) => void;
  onClose: () => void;
}

export function Editor({ character, tab, onTab, compare, onCompare, onClose }: Props) {
  const { may } = useScope();
  const save = useSaveCharacter();
  const [begun, setBegun] = useState(character);
  const [draft, setDraft] = useState(() => draftOf(character));
  const changes = changesOf(begun, draft);
  const can = may("make", character.client_id);
  const take = (fresh: Character) => {
    setBegun(fresh);
    setDraft(draftOf(fresh));
  };
  // News from elsewhere (another window, a redrawn portrait) is taken over while nothing is typed here.
  if (!changes && begun.version !== character.version) take(character);

  const pane: PaneProps = {
    draft,
    set: (more) => setDraft({ ...draft, ...more }),
    fields: save.error instanceof ApiProblem ? save.error.fields : {},
  };
  const send = () => {
    if (!changes) return;
    save.mutate(
      { id: character.id, version: begun.version, changes },
      {
        onSuccess: (saved) => {
          take(saved);
          say("Saved.");
        },
      },
    );
  };

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Head character={character} can={can} onClose={onClose} />
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Tabs
          label="About this character"
          value={tab}
          onChange={(id) => onTab(id as Tab)}
          items={[
            {
              id: "profile",
              label: "Profile",
              body: (
                <Pane can={can}>
                  <ProfileTab {...pane} />
                </Pane>
              ),
            },
            {
              id: "persona",
              label: "Persona",
              body: (
                <Pane can={can}>
                  <PersonaTab {...pane} />
                </Pane>
              ),
            },
            {
              id: "look",
              label: "Look",
              body: (
                <Pane can={can}>
                  <LookTab {...pane} character={character} />
                </Pane>
              ),
            },
            {
              id: "voice",
              label: "Voice",
              body: (
                <Pane can={can}>
                  <VoiceTab {...pane} />
                </Pane>
              ),
            },
            {
              id: "disclosure",
              label: "Disclosure",
              body: (
                <Pane can={can}>
                  <DisclosureTab {...pane} />
                </Pane>
              ),
            },
            {
              id: "links",
              label: "Links",
              body: (
                <Pane>
                  <LinksTab character={character} />
                </Pane>
              ),
            },
            {
              id: "versions",
              label: "Versions",
              body: (
                <Pane>
                  <VersionsTab character={character} compare={compare} onCompare={onCompare} />
                </Pane>
              ),
            },
          ]}
        />
        {(changes || save.error) && (
          <SaveBar
            id={character.id}
            error={save.error}
            busy={save.isPending}
            onDrop={() => (save.reset(), take(character))}
            onTake={take}
          />
        )}
      </form>
    </div>
  );
}

/** Fields that may not be changed are disabled; tabs, links and versions can be looked at by everybody. */
function Pane({ can = true, children }: { can?: boolean; children: React.ReactNode }) {
  return (
    <fieldset disabled={!can} className="scroll-quiet flex h-full min-w-0 flex-col gap-4 p-4 lg:overflow-y-auto">
      {children}
    </fieldset>
  );
}

function Head({ character, can, onClose }: { character: Character; can: boolean; onClose: () => void }) {
  const remove = useDeleteCharacter();
  const restore = useRestoreCharacter();
  const away = () =>
    remove.mutate(character.id, {
      onSuccess: () => {
        onClose();
        say(`${character.name} left the cast.`, {
          label: "Undo",
          act: () => restore.mutate(character.id, { onError: (error) => sayBroken(sayError(error)) }),
        });
      },
      onError: (error) => sayBroken(sayError(error)),
    });
  return (
    <div className="flex items-start gap-3 p-4 pb-2">
      <Portrait src={character.portrait_url} className="size-14" />
      <div className="min-w-0 flex-1">
        <h2 dir="auto" className="line-clamp-2 text-lg font-semibold">
          {character.name}
        </h2>
        <p className="truncate text-ink-3">@{character.handle}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          {can && (
            <ButtonLink small tone="go" to="/make" search={{ character: character.id }}>
              Make a video
            </ButtonLink>
          )}
          {character.page_url && (
            <ButtonAway small icon={ExternalLink} href={character.page_url}>
              Public page
            </ButtonAway>
          )}
        </div>
      </div>
      {can && <IconButton small label="Delete" icon={Trash2} busy={remove.isPending} onClick={away} />}
      <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
    </div>
  );
}

function SaveBar(props: {
  id: string;
  error: unknown;
  busy: boolean;
  onDrop: () => void;
  onTake: (fresh: Character) => void;
}) {
  const cache = useQueryClient();
  const stale = isStatus(props.error, 412);
  const theirs = async () => props.onTake(await cache.fetchQuery({ ...characterQuery(props.id), staleTime: 0 }));
  return (
    <div className="flex flex-col gap-2 border-t bg-surface px-4 py-3">
      {stale && (
        <ErrorNote error="Somebody changed this character while you were typing.">
          <Button small onClick={() => void theirs()}>
            Take theirs
          </Button>
        </ErrorNote>
      )}
      {props.error !== null && !stale && <ErrorNote error={props.error} />}
      <div className="flex items-center gap-2">
        <Button tone="go" type="submit" busy={props.busy}>
          Save
        </Button>
        <Button onClick={props.onDrop}>Leave it as it was</Button>
        <span className="text-sm text-ink-3">Not saved yet</span>
      </div>
    </div>
  );
}
