// A list that is written one per line. Keeps what is typed, empty lines too, until it is left.
import { type ReactNode, useState } from "react";
import { Field, TextArea } from "@/ui/Field";
import { readLines } from "./draft";

export function LinesField(props: {
  label: string;
  hint?: ReactNode;
  error?: string;
  value: readonly string[];
  onChange: (lines: string[]) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(tied) => (
        <TextArea
          {...tied}
          rows={2}
          value={typed ?? props.value.join("\n")}
          onChange={(event) => {
            setTyped(event.target.value);
            props.onChange(readLines(event.target.value));
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  );
}
