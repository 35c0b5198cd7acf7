// The brief: who speaks, about what, from which text, in which format, how long.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { formatsQuery, useCreateContent } from "@/api/contents";
import { ApiProblem } from "@/api/problem";
import { useScope } from "@/api/scope";
import type { Character } from "@/api/shapes";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Field, Group, Slider, TextArea } from "@/ui/Field";
import type { TextFile } from "@/ui/FileDrop";
import { type Faults, faultsOf, LONGEST, SHORTEST, TOPIC_LIMIT, wordsFor } from "./brief";
import { CharacterCards } from "./CharacterCards";
import { FormatPart } from "./FormatPart";
import { TextPart } from "./TextPart";

interface Props {
  characters: readonly Character[];
  character?: string;
  topic?: string;
  onMade: (contentId: string) => void;
}

export function BriefForm({ characters, onMade, ...start }: Props) {
  const { may } = useScope();
  const formats = useQuery(formatsQuery);
  const create = useCreateContent();
  const [character, setCharacter] = useState(
    start.character ?? (characters.length === 1 ? (characters[0]?.id ?? "") : ""),
  );
  const [topic, setTopic] = useState(start.topic ?? "");
  const [typed, setTyped] = useState("");
  const [file, setFile] = useState<TextFile | null>(null);
  const [chosen, setFormat] = useState("");
  const [seconds, setSeconds] = useState(30);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const format = chosen || (formats.data?.[0]?.id ?? "");
  const brief = { character, topic, text: file?.text ?? typed, format, seconds };
  const faults: Faults = tried ? faultsOf(brief) : {};
  const said = create.error instanceof ApiProblem ? create.error.fields : {};
  const speaker = characters.find((one) => one.id === character);

  useEffect(() => {
    if (tried) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tried]);

  const send = () => {
    setTried(true);
    if (!speaker || Object.keys(faultsOf(brief)).length > 0) return;
    create.mutate(
      {
        client: speaker.client_id,
        character_id: speaker.id,
        topic: topic.trim(),
        text: brief.text.trim() === "" ? undefined : brief.text,
        text_name: file?.name,
        format,
        seconds,
      },
      { onSuccess: ({ content }) => onMade(content.id) },
    );
  };

  return (
    <form
      ref={form}
      noValidate
      className="flex max-w-2xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label="Topic" error={faults.topic ?? said.topic} aside={`${[...topic].length} / ${TOPIC_LIMIT}`}>
        {(tied) => (
          <TextArea
            {...tied}
            name="topic"
            rows={1}
            autoFocus
            placeholder="What is it about? For example: why the sea has tides"
            value={topic}
            onChange={(event) => setTopic(event.target.value.replaceAll("\n", " "))}
          />
        )}
      </Field>

      <Group label="Who speaks" error={faults.character ?? said.character_id}>
        <CharacterCards characters={characters} value={character} onChange={setCharacter} />
      </Group>

      <TextPart typed={typed} onType={setTyped} file={file} onFile={setFile} error={faults.text ?? said.text} />
      <FormatPart formats={formats} value={format} onChange={setFormat} error={faults.format ?? said.format} />
      <Field label="Length" aside={`${seconds} s, about ${wordsFor(seconds)} words`} error={said.seconds}>
        {(tied) => (
          <Slider
            {...tied}
            name="seconds"
            min={SHORTEST}
            max={LONGEST}
            step={5}
            value={seconds}
            aria-valuetext={`${seconds} seconds`}
            onChange={(event) => setSeconds(event.target.valueAsNumber)}
          />
        )}
      </Field>

      {create.error && <ErrorNote error={create.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button tone="go" type="submit" busy={create.isPending} disabled={!may("make", speaker?.client_id)}>
          Make the video
        </Button>
        {!may("make", speaker?.client_id) && (
          <p className="text-sm text-ink-3">You may look here, but not make. Ask an administrator for access.</p>
        )}
      </div>
    </form>
  );
}
