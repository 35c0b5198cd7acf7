// The first minute of an installation.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { Card } from "@/features/sign-in/Card";
import { OnceLink } from "@/features/sign-in/OnceLink";
import { WelcomeForm } from "@/features/sign-in/WelcomeForm";

export function WelcomePage() {
  const navigate = useNavigate();
  const { token } = useParams({ from: "/welcome/$token" });
  useEffect(() => {
    document.title = "Welcome · Greenroom";
  }, []);
  return (
    <Card title="Welcome to Greenroom" about="You are the first. This makes you its administrator.">
      <OnceLink token={token} purpose="first_run">
        {() => <WelcomeForm token={token} onDone={() => void navigate({ to: "/" })} />}
      </OnceLink>
    </Card>
  );
}
