// Tags or groups: each a chip that can be taken off, new ones typed, those in use offered.
import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { Field, TextInput } from "@/ui/Field";

const LONGEST = 40;

export function WordsField(props: {
  label: string;
  hint?: string;
  error?: string | null;
  words: readonly string[];
  known: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const { words, onChange } = props;
  const [typed, setTyped] = useState("");
  const offered = useId();
  const add = () => {
    const more = typed
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean);
    if (more.length > 0) onChange([...new Set([...words, ...more])]);
    setTyped("");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Backspace" && typed === "" && words.length > 0) onChange(words.slice(0, -1));
    if ((event.key !== "Enter" && event.key !== ",") || typed.trim() === "") return;
    event.preventDefault();
    add();
  };
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(tied) => (
        <div className="flex flex-col gap-1.5">
          {words.length > 0 && (
            <ul aria-label={`${props.label}, chosen`} className="flex flex-wrap gap-1">
              {words.map((one) => (
                <li key={one} className="flex max-w-full min-w-0">
                  <span className="inline-flex h-6 min-w-0 items-center rounded-sm bg-sunken pl-1.5 text-sm pointer-coarse:h-9">
                    <span dir="auto" className="truncate">
                      {one}
                    </span>
                    <button
                      type="button"
                      aria-label={`Take ${one} off`}
                      className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 transition-colors hover:bg-hover hover:text-ink pointer-coarse:size-9"
                      onClick={() => onChange(words.filter((other) => other !== one))}
                    >
                      <X aria-hidden className="size-3.5" strokeWidth={1.75} />
                    </button>
                  </span>
                </li>
              ))}
            </ul>
          )}
          <TextInput
            {...tied}
            list={offered}
            maxLength={LONGEST}
            placeholder="Type one, then Enter"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={onKey}
            onBlur={add}
          />
          <datalist id={offered}>
            {props.known
              .filter((one) => !words.includes(one))
              .map((one) => (
                <option key={one} value={one} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}
