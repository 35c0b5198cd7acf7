// Tabs, and a row of segments for a choice among few.
import clsx from "clsx";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabItem {
  id: string;
  label: ReactNode;
  body: ReactNode;
}

export function Tabs(props: {
  items: readonly TabItem[];
  value: string;
  onChange: (id: string) => void;
  label: string;
  flush?: boolean;
}) {
  return (
    <Radix.Root value={props.value} onValueChange={props.onChange} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Radix.List
        aria-label={props.label}
        className={clsx("scroll-quiet flex shrink-0 gap-4 overflow-x-auto border-b", !props.flush && "px-4")}
      >
        {props.items.map((item) => (
          <Radix.Trigger
            key={item.id}
            value={item.id}
            className="-mb-px min-h-9 border-b-2 border-transparent whitespace-nowrap text-ink-2 -outline-offset-2 transition-colors hover:text-ink data-[state=active]:border-pick data-[state=active]:font-medium data-[state=active]:text-ink pointer-coarse:min-h-11"
          >
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {props.items.map((item) => (
        <Radix.Content
          key={item.id}
          value={item.id}
          className="min-h-0 min-w-0 flex-1 outline-none focus-visible:outline-2 focus-visible:-outline-offset-2"
        >
          {item.body}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

export function Segments<T extends string>(props: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
  className?: string;
}) {
  return (
    <div
      role="group"
      aria-label={props.label}
      className={clsx("inline-flex rounded-md border bg-sunken p-0.5", props.className)}
    >
      {props.options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === props.value}
          onClick={() => props.onChange(option.value)}
          className="min-h-6 flex-1 rounded-sm border border-transparent px-2.5 text-sm whitespace-nowrap text-ink-2 transition-colors hover:text-ink aria-pressed:border-line aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink pointer-coarse:min-h-9"
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
