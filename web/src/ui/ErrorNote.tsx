// An error where it happened: what, in words, and the way out.
import clsx from "clsx";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { sayError } from "@/api/problem";
import { Button } from "./Button";

export function ErrorNote(props: {
  error: unknown;
  onRetry?: () => void;
  retry?: string;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div
      role="alert"
      className={clsx(
        "flex flex-wrap items-start gap-2 rounded-md bg-broken-soft px-3 py-2 text-broken",
        props.className,
      )}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <div className="min-w-0 flex-1 basis-48">
        {typeof props.error === "string" ? props.error : sayError(props.error)}
      </div>
      {props.onRetry && (
        <Button small onClick={props.onRetry}>
          {props.retry ?? "Try again"}
        </Button>
      )}
      {props.children}
    </div>
  );
}
