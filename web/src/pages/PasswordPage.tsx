// A new password, from a link that an administrator gave.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { Card } from "@/features/sign-in/Card";
import { OnceLink } from "@/features/sign-in/OnceLink";
import { PasswordForm } from "@/features/sign-in/PasswordForm";

export function PasswordPage() {
  const navigate = useNavigate();
  const { token } = useParams({ from: "/password/$token" });
  useEffect(() => {
    document.title = "Choose a password · Greenroom";
  }, []);
  return (
    <Card title="Choose a password" about="It opens your desk in the green room.">
      <OnceLink token={token} purpose="password">
        {(link) => <PasswordForm token={token} email={link.email} onDone={() => void navigate({ to: "/" })} />}
      </OnceLink>
    </Card>
  );
}
