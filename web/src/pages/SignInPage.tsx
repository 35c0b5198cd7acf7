// Who are you?
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { signInStateQuery } from "@/api/session";
import { Card } from "@/features/sign-in/Card";
import { SignInForm } from "@/features/sign-in/SignInForm";

export function SignInPage() {
  const router = useRouter();
  const { to } = useSearch({ from: "/sign-in" });
  const { data: state } = useQuery(signInStateQuery);
  useEffect(() => {
    document.title = "Sign in · Greenroom";
  }, []);
  if (state?.first_run) {
    return (
      <Card
        title="Nobody is here yet"
        about="This Greenroom has no administrator. Open the one-time link that was printed where it was started."
      >
        <p className="text-center text-ink-2">
          The link is lost? Print a new one on the server with <code className="font-mono">greenroom user link</code>.
        </p>
      </Card>
    );
  }
  return (
    <Card title="Greenroom" about="Everything waits in the green room until a person says go.">
      <SignInForm onDone={() => router.history.push(safeTarget(to))} />
    </Card>
  );
}

/** Only a path of this client; never another site. */
function safeTarget(to: string | undefined): string {
  return to && /^\/(?![/\\])/.test(to) ? to : "/";
}
