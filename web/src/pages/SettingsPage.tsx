// Who works here, for whom, and how?
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { NotFoundPage } from "@/app/Lost";
import { AuditPart } from "@/features/settings/AuditPart";
import { ClientsPart } from "@/features/settings/ClientsPart";
import { OrganisationPart } from "@/features/settings/OrganisationPart";
import { ProfilePart } from "@/features/settings/ProfilePart";
import { SignInPart } from "@/features/settings/SignInPart";
import { ThemePart } from "@/features/settings/ThemePart";
import { TokensPart } from "@/features/settings/TokensPart";
import { UsersPart } from "@/features/settings/UsersPart";
import { Body, Page, Section } from "@/ui/Page";

const SECTIONS: readonly { id: string; name: string; answer: string; body: ReactNode }[] = [
  {
    id: "organisation",
    name: "Organisation",
    answer: "What is this house called?",
    body: (
      <Section title="Organisation">
        <div className="pt-3">
          <OrganisationPart />
        </div>
      </Section>
    ),
  },
  { id: "clients", name: "Clients", answer: "Whom do we work for?", body: <ClientsPart /> },
  { id: "users", name: "Users", answer: "Who works here, and with what access?", body: <UsersPart /> },
  {
    id: "profile",
    name: "My profile",
    answer: "Who am I here?",
    body: (
      <Section title="My profile">
        <div className="pt-3">
          <ProfilePart />
        </div>
      </Section>
    ),
  },
  { id: "sign-in", name: "Sign-in", answer: "How do I come in, and where am I in?", body: <SignInPart /> },
  { id: "tokens", name: "API tokens", answer: "Which programs come in for me?", body: <TokensPart /> },
  { id: "audit", name: "Audit trail", answer: "Who changed what?", body: <AuditPart /> },
  {
    id: "appearance",
    name: "Appearance",
    answer: "How should it look?",
    body: (
      <Section title="Appearance">
        <div className="pt-3">
          <ThemePart />
        </div>
      </Section>
    ),
  },
];

export function SettingsPage() {
  const { section } = useParams({ from: "/desk/settings/$section" });
  const shown = SECTIONS.find((one) => one.id === section);
  if (!shown) return <NotFoundPage />;
  return (
    <Page title="Settings" answer={shown.answer}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col md:flex-row">
        <nav
          aria-label="Settings"
          className="scroll-quiet flex shrink-0 gap-1 overflow-x-auto border-b px-4 py-2 md:w-48 md:flex-col md:border-r md:border-b-0 md:px-3 md:py-4"
        >
          {SECTIONS.map((one) => (
            <Link
              key={one.id}
              to="/settings/$section"
              params={{ section: one.id }}
              className="flex min-h-8 items-center rounded-md px-2 whitespace-nowrap text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pick-soft aria-[current=page]:font-medium aria-[current=page]:text-pick"
            >
              {one.name}
            </Link>
          ))}
        </nav>
        <Body>
          <div className="max-w-3xl">{shown.body}</div>
        </Body>
      </div>
    </Page>
  );
}
