// Face and colours: the portrait comes from a seed, the palette paints everything it appears in.
import { Dices } from "lucide-react";
import { useRedrawPortrait } from "@/api/characters";
import type { Character, Palette } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, Group, TextInput } from "@/ui/Field";
import { Portrait } from "@/ui/Portrait";
import { contrast } from "./contrast";
import type { PaneProps } from "./Editor";

const COLOURS: readonly { id: keyof Palette; name: string }[] = [
  { id: "paper", name: "Paper" },
  { id: "ink", name: "Ink" },
  { id: "accent", name: "Accent" },
  { id: "second", name: "Second" },
];

const READABLE = 4.5;

export function LookTab({ draft, set, fields, character }: PaneProps & { character: Character }) {
  const redraw = useRedrawPortrait();
  const { palette } = draft;
  const ratio = contrast(palette.paper, palette.ink);
  return (
    <>
      <div className="flex flex-wrap items-end gap-4">
        <Portrait src={character.portrait_url} className="size-36 rounded-md" />
        <div className="flex min-w-0 flex-col items-start gap-2">
          <p className="text-sm text-ink-3">
            Drawn from the seed <span className="figures">{character.seed}</span>. The same seed always gives the same
            face.
          </p>
          <Button icon={Dices} busy={redraw.isPending} onClick={() => redraw.mutate({ id: character.id })}>
            Draw another
          </Button>
        </div>
      </div>
      {redraw.error && <ErrorNote error={redraw.error} />}
      <Group
        label="Palette"
        error={
          fields.palette ??
          (ratio < READABLE
            ? `Ink on paper has a contrast of ${ratio.toFixed(1)}; readable text needs ${READABLE}.`
            : null)
        }
        hint={ratio >= READABLE ? `Ink on paper has a contrast of ${ratio.toFixed(1)}: readable.` : undefined}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          {COLOURS.map(({ id, name }) => (
            <Field key={id} label={name} error={fields[`palette.${id}`]}>
              {(tied) => (
                <span className="flex gap-2">
                  <input
                    type="color"
                    aria-label={`${name}, as a colour`}
                    value={/^#[0-9a-f]{6}$/i.test(palette[id]) ? palette[id] : "#000000"}
                    onChange={(event) => set({ palette: { ...palette, [id]: event.target.value } })}
                    className="h-8 w-10 shrink-0 rounded-md border border-line-strong bg-surface p-1"
                  />
                  <TextInput
                    {...tied}
                    className="figures"
                    spellCheck={false}
                    maxLength={7}
                    value={palette[id]}
                    onChange={(event) => set({ palette: { ...palette, [id]: event.target.value } })}
                  />
                </span>
              )}
            </Field>
          ))}
        </div>
      </Group>
      <div aria-hidden className="rounded-md border p-4" style={{ background: palette.paper, color: palette.ink }}>
        <p className="text-2xl font-bold">
          Twice a day the sea <span style={{ color: palette.accent }}>breathes</span>
        </p>
        <div className="mt-2 flex gap-2">
          <span className="h-2 w-16 rounded-full" style={{ background: palette.accent }} />
          <span className="h-2 w-10 rounded-full" style={{ background: palette.second }} />
        </div>
      </div>
    </>
  );
}
