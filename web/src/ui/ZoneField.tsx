// A time zone, found as one types. The browser's own is filled in by whoever uses the field.
import { useId } from "react";
import { allZones, isZone, wallAt } from "@/lib/zones";
import { Field, TextInput } from "./Field";
import { useNow } from "./Time";

export function ZoneField(props: {
  label: string;
  value: string;
  onChange: (zone: string) => void;
  error?: string | null;
}) {
  const list = useId();
  const now = useNow();
  const known = isZone(props.value);
  return (
    <Field
      label={props.label}
      hint={known ? `There it is ${wallAt(now, props.value).time} now.` : undefined}
      error={
        props.error ?? (props.value !== "" && !known ? "No such zone. Type a city, for example Europe/Berlin." : null)
      }
    >
      {(tied) => (
        <>
          <TextInput
            {...tied}
            list={list}
            value={props.value}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => props.onChange(event.target.value)}
          />
          <datalist id={list}>
            {allZones().map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
