// Who are you?
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { signInStateQuery } from "@/api/session";
import { Card } from "@/features/sign-in/Card";
import { SignInForm } from "@/features/sign-in/SignInForm";
import { ErrorNote } from "@/ui/ErrorNote";

export function SignInPage() {
  const router = useRouter();
  const { to, failed } = useSearch({ from: "/sign-in" });
  const { data: state } = useQuery(signInStateQuery({ failed }));
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
      {state?.failed && (
        <div className="mb-4">
          <ErrorNote error={state.failed} />
        </div>
      )}
      <SignInForm
        providers={state?.providers ?? []}
        challenge={challengeIn(location.hash)}
        to={safeTarget(to)}
        onDone={() => router.history.push(safeTarget(to))}
      />
    </Card>
  );
}

/** The second step that a sign-in with a provider still needs: it stands behind #, which no server sees. */
const challengeIn = (hash: string): string | null => /^#code=([\w-]{20,200})$/.exec(hash)?.[1] ?? null;

/** Only a path of this client; never another site. */
export function safeTarget(to: string | undefined): string {
  return to && /^\/(?![/\\])/.test(to) ? to : "/";
}
