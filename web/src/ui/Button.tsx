// Buttons. `go` moves things on and stands once in a view; `plain` is the rest.
import { Link, type LinkProps } from "@tanstack/react-router";
import clsx from "clsx";
import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Tip } from "./Tooltip";

export type Tone = "go" | "plain" | "quiet" | "danger";

interface Look {
  tone?: Tone;
  small?: boolean;
  icon?: LucideIcon;
  children?: ReactNode;
}

const tones: Record<Tone, string> = {
  go: "border-transparent bg-go-fill text-on-go hover:bg-go-fill-hover",
  plain: "border-line bg-surface text-ink hover:bg-hover",
  quiet: "border-transparent text-ink-2 hover:bg-hover hover:text-ink",
  danger: "border-line bg-surface text-broken hover:bg-broken-soft",
};

function look({ tone = "plain", small = false }: Look, square: boolean, className?: string) {
  return clsx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none",
    "disabled:opacity-50 aria-disabled:opacity-50",
    small ? "h-7 text-sm pointer-coarse:h-9" : "h-8 pointer-coarse:h-10",
    square ? (small ? "w-7 pointer-coarse:w-9" : "w-8 pointer-coarse:w-10") : small ? "px-2" : "px-3",
    tones[tone],
    className,
  );
}

type ButtonProps = Look & ButtonHTMLAttributes<HTMLButtonElement> & { busy?: boolean; ref?: Ref<HTMLButtonElement> };

export function Button({ tone, small, icon: Icon, busy = false, children, className, disabled, ...rest }: ButtonProps) {
  return (
    <button type="button" className={look({ tone, small }, !children, className)} disabled={disabled || busy} {...rest}>
      {busy ? (
        <LoaderCircle aria-hidden className="size-4 animate-turn" />
      ) : (
        Icon && <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      )}
      {children}
    </button>
  );
}

/** A button that is only a picture; `label` is its name and its tooltip. */
export function IconButton({ label, hint, ...rest }: Omit<ButtonProps, "children"> & { label: string; hint?: string }) {
  return (
    <Tip text={label} keys={hint}>
      <Button aria-label={label} tone="quiet" {...rest} />
    </Tip>
  );
}

/** Looks like a button and leads somewhere. */
export function ButtonLink({
  tone,
  small,
  icon: Icon,
  children,
  className,
  ...rest
}: Look & LinkProps & { className?: string }) {
  return (
    <Link className={look({ tone, small }, !children, className)} {...rest}>
      {Icon && <Icon aria-hidden className="size-4" strokeWidth={1.75} />}
      {children}
    </Link>
  );
}

/** The same for an address outside the client; opens beside it. */
export function ButtonAway(
  props: Look & { href: string; className?: string; download?: boolean | string; label?: string },
) {
  const { icon: Icon, children, href, className, download, label, ...rest } = props;
  return (
    <a
      href={href}
      download={download}
      aria-label={label}
      target={download ? undefined : "_blank"}
      rel="noreferrer"
      className={look(rest, !children, className)}
    >
      {Icon && <Icon aria-hidden className="size-4" strokeWidth={1.75} />}
      {children}
    </a>
  );
}
