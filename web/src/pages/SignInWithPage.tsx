// Straight to one identity provider: the address that an organisation gives its people.
import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useLeaveForProvider } from "@/api/single-sign-on";
import { Card } from "@/features/sign-in/Card";
import { ButtonLink } from "@/ui/Button";
import { ErrorNote } from "@/ui/ErrorNote";
import { safeTarget } from "./SignInPage";

export function SignInWithPage() {
  const { providerId } = useParams({ from: "/sign-in/$providerId" });
  const { to } = useSearch({ from: "/sign-in/$providerId" });
  const { mutate, error } = useLeaveForProvider();
  const left = useRef(false);
  useEffect(() => {
    document.title = "Sign in · Greenroom";
    if (left.current) return;
    left.current = true;
    mutate({ id: providerId, to: safeTarget(to) });
  }, [mutate, providerId, to]);
  return (
    <Card title="Greenroom" about={error ? "This way is closed." : "On the way to your identity provider…"}>
      {error && (
        <div className="flex flex-col gap-4">
          <ErrorNote error={error} />
          <ButtonLink to="/sign-in">Sign in another way</ButtonLink>
        </div>
      )}
    </Card>
  );
}
