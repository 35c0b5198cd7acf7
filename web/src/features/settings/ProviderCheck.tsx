// Asks an identity provider whether people can be sent there, and shows each thing that was looked at.
import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { type Provider, useCheckProvider } from "@/api/single-sign-on";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";

export function ProviderCheck({ provider, children }: { provider: Provider; children: ReactNode }) {
  const check = useCheckProvider();
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button small busy={check.isPending} onClick={() => check.mutate(provider.id)}>
          Check
        </Button>
        {children}
      </div>
      {check.error && <ErrorNote error={check.error} />}
      {check.data && (
        <div role="status">
          <ul aria-label={`What ${provider.name} says`} className="flex flex-col gap-1">
            {check.data.findings.map((one) => (
              <li key={one.about} className={one.fine ? "flex gap-1.5 text-ink-2" : "flex gap-1.5 text-broken"}>
                {one.fine ? (
                  <CircleCheck aria-label="Fine:" className="mt-0.5 size-4 shrink-0 text-go" strokeWidth={1.75} />
                ) : (
                  <CircleAlert aria-label="Wrong:" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
                )}
                <span className="min-w-0 break-words">{one.about}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
