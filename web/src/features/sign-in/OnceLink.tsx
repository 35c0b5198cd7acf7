// Looks at a one-time link before its form is shown; a used or expired one says what to do.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { onceLinkQuery } from "@/api/session";
import type { OnceLink as Link } from "@/api/shapes";
import { ButtonLink } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { Skeleton } from "@/ui/Skeleton";

export function OnceLink(props: { token: string; purpose: Link["purpose"]; children: (link: Link) => ReactNode }) {
  const { data: link, error, refetch } = useQuery(onceLinkQuery(props.token));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!link) {
    return (
      <div role="status" aria-label="Loading" className="flex flex-col gap-4">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
        <Skeleton className="h-8" />
      </div>
    );
  }
  if (link.valid && link.purpose === props.purpose) return props.children(link);
  return (
    <div className="flex flex-col gap-4">
      <ErrorNote error={link.reason ?? "This link does not lead here."} />
      <p className="text-ink-2">
        Links work once and for a while. Who runs the server gets a new one with{" "}
        <code className="font-mono">greenroom user link</code>; everybody else asks an administrator.
      </p>
      <ButtonLink to="/sign-in">To the sign-in</ButtonLink>
    </div>
  );
}
