// A field for what others should not read over the shoulder, with a way to look at it oneself.
import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "./Button";
import { Field, TextInput } from "./Field";

/** What the browser may fill in: the password one has, one that is chosen now, or nothing. */
const FILLED = { present: "current-password", fresh: "new-password", key: "off" } as const;

export function PasswordField(props: {
  label: string;
  kind: keyof typeof FILLED;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: string | null;
  autoFocus?: boolean;
  required?: boolean;
  name?: string;
}) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(tied) => (
        <div className="relative">
          <TextInput
            {...tied}
            type={shown ? "text" : "password"}
            dir="ltr"
            name={props.name}
            autoComplete={FILLED[props.kind]}
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={props.autoFocus}
            required={props.required}
            className="pr-10"
            value={props.value}
            onChange={(event) => props.onChange(event.target.value)}
          />
          <span className="absolute inset-y-0 right-0.5 flex items-center">
            <IconButton
              small
              icon={shown ? EyeOff : Eye}
              label={shown ? "Hide what is typed" : "Show what is typed"}
              onClick={() => setShown(!shown)}
            />
          </span>
        </div>
      )}
    </Field>
  );
}
