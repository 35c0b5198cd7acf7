// A list of acts behind a button.
import clsx from "clsx";
import { Check, type LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Keys } from "./Keys";

export function Menu(props: { trigger: ReactNode; children: ReactNode; align?: "start" | "end"; label?: string }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align ?? "start"}
          sideOffset={4}
          collisionPadding={8}
          aria-label={props.label}
          className="scroll-quiet z-50 max-h-[min(36rem,var(--radix-dropdown-menu-content-available-height))] max-w-80 min-w-52 animate-appear overflow-y-auto rounded-md border bg-surface p-1 shadow-float"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem(props: {
  onPick: () => void;
  icon?: LucideIcon;
  mark?: ReactNode;
  keys?: string;
  chosen?: boolean;
  danger?: boolean;
  disabled?: boolean;
  children: ReactNode;
}) {
  const { icon: Icon } = props;
  return (
    <DropdownMenu.Item
      disabled={props.disabled}
      onSelect={props.onPick}
      className={clsx(
        "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:min-h-10",
        props.danger ? "text-broken" : "text-ink",
      )}
    >
      {Icon && <Icon aria-hidden className="size-4 shrink-0 text-ink-3" strokeWidth={1.75} />}
      {props.mark}
      <span dir="auto" className="line-clamp-2 min-w-0 flex-1">
        {props.children}
      </span>
      {props.keys && <Keys keys={props.keys} />}
      {props.chosen && <Check aria-label="chosen" className="size-4 shrink-0 text-pick" />}
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-sm text-ink-3">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
