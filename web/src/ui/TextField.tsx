// One line of text with its label: what most forms are made of.
import type { InputHTMLAttributes, ReactNode } from "react";
import { Field, TextInput } from "./Field";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "className"> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  /** Of the whole field. */
  className?: string;
  value: string;
  onChange: (value: string) => void;
};

export function TextField({ label, hint, error, className, onChange, ...input }: Props) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(tied) => <TextInput {...tied} {...input} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
