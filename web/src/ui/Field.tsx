// Form fields: a label, the control, what it is for, and what is wrong with it, tied together for screen readers.
import clsx from "clsx";
import { CircleAlert } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from "react";

export interface Tied {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  /** Stands at the end of the label's line: a counter, a value. */
  aside?: ReactNode;
  className?: string;
  children: (tied: Tied) => ReactNode;
}

export function Field({ label, hint, error, aside, className, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={clsx("flex min-w-0 flex-col gap-1", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside !== undefined && <span className="figures text-sm text-ink-3">{aside}</span>}
      </div>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex gap-1.5 text-sm text-broken">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <span>{children}</span>
    </p>
  );
}

/** A group of choices under one label. */
export function Group({
  label,
  hint,
  error,
  children,
  className,
}: Omit<FieldProps, "children" | "aside"> & { children: ReactNode }) {
  return (
    <fieldset className={clsx("flex min-w-0 flex-col gap-2", className)}>
      <legend className="mb-1 font-medium">{label}</legend>
      {children}
      {hint && <p className="text-sm text-ink-3">{hint}</p>}
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}

const box =
  "w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-ink transition-colors disabled:opacity-60 aria-invalid:border-broken read-only:bg-sunken";

export function TextInput({
  className,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return (
    <input dir="auto" className={clsx(box, "h-8 pointer-coarse:h-10 pointer-coarse:text-lg", className)} {...rest} />
  );
}

/** Grows with what is typed, from `rows` on. */
export function TextArea({
  className,
  rows = 3,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <textarea
      dir="auto"
      rows={rows}
      style={{ minHeight: `${rows * 1.25 + 0.75}rem` }}
      className={clsx(box, "field-sizing-content max-h-96 resize-y py-1.5 leading-5 pointer-coarse:text-lg", className)}
      {...rest}
    />
  );
}

export function Slider({
  className,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "value"> & { value: number }) {
  const min = Number(rest.min ?? 0);
  const max = Number(rest.max ?? 100);
  const filled = `${(100 * (rest.value - min)) / (max - min || 1)}%`;
  return (
    <input
      type="range"
      className={clsx("slider w-full", className)}
      style={{ "--filled": filled } as object}
      {...rest}
    />
  );
}

export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className={clsx("flex min-h-6 items-start gap-2", className)}>
      <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-(--ink)" {...rest} />
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-sm text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}

/** A choice that is a card: a radio with a body. */
export function ChoiceCard(props: {
  name: string;
  value: string;
  checked: boolean;
  onChange: (value: string) => void;
  children: ReactNode;
  className?: string;
}) {
  return (
    <label
      className={clsx(
        "relative flex min-w-0 gap-3 rounded-md border p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-pick",
        props.checked ? "border-pick bg-pick-soft" : "border-line bg-surface hover:bg-hover",
        props.className,
      )}
    >
      <input
        type="radio"
        name={props.name}
        value={props.value}
        checked={props.checked}
        onChange={() => props.onChange(props.value)}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
      {props.children}
    </label>
  );
}
