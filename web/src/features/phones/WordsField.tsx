// Tags or groups: each a chip that can be taken off, new ones typed, those in use offered.
import { type KeyboardEvent, useId, useState } from "react";
import { Chip } from "@/ui/Chip";
import { Field, TextInput } from "@/ui/Field";
import { added, tooLongWords } from "./labels";

export function WordsField(props: {
  label: string;
  hint?: string;
  error?: string | null;
  words: readonly string[];
  known: readonly string[];
  autoFocus?: boolean;
  onChange: (words: string[]) => void;
}) {
  const { words, onChange } = props;
  const [typed, setTyped] = useState("");
  const offered = useId();
  const add = () => {
    const next = added(words, typed);
    if (next.length > words.length) onChange(next);
    setTyped("");
  };
  const onKey = (event: KeyboardEvent) => {
    const last = words.at(-1);
    if (event.key === "Backspace" && typed === "" && last !== undefined) {
      event.preventDefault();
      setTyped(tooLongWords([last]) === null ? "" : last); // to be shortened
      onChange(words.slice(0, -1));
    }
    if ((event.key !== "Enter" && event.key !== ",") || typed.trim() === "") return;
    event.preventDefault();
    add();
  };
  return (
    <Field label={props.label} hint={props.hint} error={tooLongWords(words) ?? props.error}>
      {(tied) => (
        <div className="flex flex-col gap-1.5">
          {words.length > 0 && (
            <ul aria-label={`${props.label}, chosen`} className="flex flex-wrap gap-1">
              {words.map((one) => (
                <Chip
                  key={one}
                  label={`Take ${one} off`}
                  onRemove={() => onChange(words.filter((other) => other !== one))}
                >
                  <span dir="auto" className="truncate">
                    {one}
                  </span>
                </Chip>
              ))}
            </ul>
          )}
          <TextInput
            {...tied}
            list={offered}
            autoFocus={props.autoFocus}
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
