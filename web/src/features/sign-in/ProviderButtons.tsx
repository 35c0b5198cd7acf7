// The ways to identity providers, each of which sends the browser back signed in. Whose they are stands before them.
import { Building2 } from "lucide-react";
import { type ProviderOffered, useLeaveForProvider } from "@/api/single-sign-on";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";

export function ProviderButtons({ providers, to }: { providers: readonly ProviderOffered[]; to: string }) {
  const first = providers[0];
  if (!first) return null;
  return (
    <div className="flex flex-col gap-3">
      <p dir="auto" className="text-center text-sm wrap-anywhere text-ink-2">
        For people of <span className="font-medium">{first.organisation}</span>
      </p>
      {providers.map((one) => (
        <ProviderButton key={one.id} provider={one} to={to} />
      ))}
    </div>
  );
}

function ProviderButton({ provider, to }: { provider: ProviderOffered; to: string }) {
  const leave = useLeaveForProvider();
  return (
    <>
      <Button
        icon={Building2}
        busy={leave.isPending || leave.isSuccess}
        onClick={() => leave.mutate({ id: provider.id, to })}
      >
        <span dir="auto" className="min-w-0 truncate">
          Sign in with {provider.name}
        </span>
      </Button>
      {leave.error && <ErrorNote error={leave.error} />}
    </>
  );
}
