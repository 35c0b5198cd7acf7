// The character's voice, and how it sounds.
import { useQuery } from "@tanstack/react-query";
import { CircleStop, Volume2 } from "lucide-react";
import { useState } from "react";
import { voicesQuery } from "@/api/characters";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, Slider, TextArea } from "@/ui/Field";
import { Select } from "@/ui/Select";
import type { PaneProps } from "./Editor";
import { useListen } from "./useListen";

const LIMIT = 200;

export function VoiceTab({ draft, set, fields }: PaneProps) {
  const voices = useQuery(voicesQuery);
  const listen = useListen();
  const { voice } = draft;
  const [text, setText] = useState(
    () => draft.persona.examples[0]?.slice(0, LIMIT) ?? `Hello, I am ${draft.name}. I am a virtual character.`,
  );
  const change = (more: Partial<typeof voice>) => set({ voice: { ...voice, ...more } });
  const value = `${voice.engine}/${voice.voice}`;
  const options = (voices.data ?? []).map((one) => ({
    value: `${one.engine}/${one.voice}`,
    label: `${one.name} (${one.language})`,
  }));
  if (!options.some((option) => option.value === value))
    options.unshift({ value, label: `${voice.voice}, ${voice.engine}` });
  const note = voices.data?.find((one) => one.engine === voice.engine && one.voice === voice.voice)?.note;
  const busy = listen.state === "loading";

  return (
    <>
      {voices.error && <ErrorNote error={voices.error} onRetry={() => void voices.refetch()} />}
      <Field label="Voice" hint={note} error={fields.voice ?? fields["voice.voice"]}>
        {(tied) => (
          <Select
            {...tied}
            value={value}
            options={options}
            onChange={(event) => {
              const [engine = "", ...name] = event.target.value.split("/");
              change({ engine, voice: name.join("/") });
            }}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Speed" aside={`${voice.speed.toFixed(2)} ×`} error={fields["voice.speed"]}>
          {(tied) => (
            <Slider
              {...tied}
              min={0.6}
              max={1.6}
              step={0.02}
              value={voice.speed}
              onChange={(event) => change({ speed: round(event.target.valueAsNumber) })}
            />
          )}
        </Field>
        <Field
          label="Pitch"
          aside={`${voice.pitch > 0 ? "+" : ""}${voice.pitch} semitones`}
          error={fields["voice.pitch"]}
        >
          {(tied) => (
            <Slider
              {...tied}
              min={-8}
              max={8}
              step={0.5}
              value={voice.pitch}
              onChange={(event) => change({ pitch: round(event.target.valueAsNumber) })}
            />
          )}
        </Field>
      </div>
      <Field label="Say" aside={`${[...text].length} / ${LIMIT}`}>
        {(tied) => (
          <TextArea
            {...tied}
            rows={2}
            maxLength={LIMIT}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div>
        {listen.state === "speaking" ? (
          <Button icon={CircleStop} onClick={listen.stop}>
            Stop
          </Button>
        ) : (
          <Button icon={Volume2} busy={busy} disabled={text.trim() === ""} onClick={() => listen.play(voice, text)}>
            Listen
          </Button>
        )}
      </div>
      {listen.error !== null && <ErrorNote error={listen.error} />}
    </>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
