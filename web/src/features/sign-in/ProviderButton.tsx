// Leaves for an identity provider, which sends the browser back signed in.
import { Building2 } from "lucide-react";
import { type ProviderName, useLeaveForProvider } from "@/api/single-sign-on";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";

export function ProviderButton({ provider, to }: { provider: ProviderName; to: string }) {
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
