// One identity provider: the address that an organisation gives its people. Nobody is sent away before they say so.
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { signInStateQuery } from "@/api/session";
import { Card } from "@/features/sign-in/Card";
import { ProviderButtons } from "@/features/sign-in/ProviderButtons";
import { ButtonLink } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { SkeletonRows } from "@/ui/Skeleton";
import { safeTarget } from "./SignInPage";

export function SignInWithPage() {
  const { providerId } = useParams({ from: "/sign-in/$providerId" });
  const { to } = useSearch({ from: "/sign-in/$providerId" });
  const { data: state, error, isPending, refetch } = useQuery(signInStateQuery({ provider: providerId }));
  useEffect(() => {
    document.title = "Sign in · Greenroom";
  }, []);
  return (
    <Card title="Greenroom" about="Everything waits in the green room until a person says go.">
      <div className="flex flex-col gap-4">
        {isPending && <SkeletonRows rows={1} />}
        {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {state?.providers.length === 0 && (
          <ErrorNote error="There is no such identity provider, or it is switched off." />
        )}
        <ProviderButtons providers={state?.providers ?? []} to={safeTarget(to)} />
        <ButtonLink to="/sign-in">Sign in another way</ButtonLink>
      </div>
    </Card>
  );
}
