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
import { FileDrop, type TextFile } from "@/ui/FileDrop";
import { Skeleton } from "@/ui/Skeleton";
import { type Faults, faultsOf, LONGEST, SHORTEST, TOPIC_LIMIT, wordsFor } from "./brief";
import { CharacterCards } from "./CharacterCards";
import { FormatCards } from "./FormatCards";

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
  const [character, setCharacter] = useState(start.character ?? (characters.length === 1 ? (characters[0]?.id ?? "") : ""));
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
      {
        onSuccess: ({ content }) => onMade(content.id),
      },
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

      <div className="flex flex-col gap-2">
        <Field
          label={
            <>
              Text <span className="font-normal text-ink-3">(optional)</span>
            </>
          }
          hint="Facts and figures come only from here, each with its source. Without a text nothing is claimed: the video asks and invites."
          error={faults.text ?? said.text}
        >
          {(tied) =>
            file ? (
              <FileDrop file={file} onFile={setFile} />
            ) : (
              <TextArea {...tied} name="text" rows={5} placeholder="Paste an article, notes, a press release…" value={typed} onChange={(event) => setTyped(event.target.value)} />
            )
          }
        </Field>
        {!file && typed === "" && <FileDrop file={null} onFile={setFile} />}
      </div>

      <Group label="Format" error={faults.format ?? said.format}>
        {formats.error && <ErrorNote error={formats.error} onRetry={() => void formats.refetch()} />}
        {formats.isPending && (
          <div role="status" aria-label="Loading formats" className="grid gap-2 sm:grid-cols-2">
            <Skeleton className="h-20 rounded-md" />
            <Skeleton className="h-20 rounded-md" />
          </div>
        )}
        {formats.data && <FormatCards formats={formats.data} value={format} onChange={setFormat} />}
      </Group>

      <Field label="Length" aside={`${seconds} s, about ${wordsFor(seconds)} words`} error={said.seconds}>
        {(tied) => (
          <Slider {...tied} name="seconds" min={SHORTEST} max={LONGEST} step={5} value={seconds} aria-valuetext={`${seconds} seconds`} onChange={(event) => setSeconds(event.target.valueAsNumber)} />
        )}
      </Field>

      {create.error && <ErrorNote error={create.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button tone="go" type="submit" busy={create.isPending} disabled={!may("make", speaker?.client_id)}>
          Make the video
        </Button>
        {!may("make", speaker?.client_id) && <p className="text-sm text-ink-3">You may look here, but not make. Ask an administrator for access.</p>}
      </div>
    </form>
  );
}
