// Who works here, for whom, and how?
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useScope } from "@/api/scope";
import { NotFoundPage } from "@/app/Lost";
import { AttendedPart } from "@/features/phones/AttendedPart";
import { AuditPart } from "@/features/settings/AuditPart";
import { ClientsPart } from "@/features/settings/ClientsPart";
import { OrganisationPart } from "@/features/settings/OrganisationPart";
import { ProfilePart } from "@/features/settings/ProfilePart";
import { ServiceKeysPart } from "@/features/settings/ServiceKeysPart";
import { SettingsNav } from "@/features/settings/SettingsNav";
import { SignInPart } from "@/features/settings/SignInPart";
import { SingleSignOnPart } from "@/features/settings/SingleSignOnPart";
import { ThemePart } from "@/features/settings/ThemePart";
import { TokensPart } from "@/features/settings/TokensPart";
import { UsersPart } from "@/features/settings/UsersPart";
import { WebhooksPart } from "@/features/settings/WebhooksPart";
import { Body, Page, Section } from "@/ui/Page";

interface Part {
  id: string;
  name: string;
  answer: string;
  /** Only in the list of those who manage. */
  managers?: true;
  body: ReactNode;
}

const HOUSE: readonly Part[] = [
  {
    id: "organisation",
    name: "Organisation",
    answer: "What is this house called?",
    body: titled("Organisation", <OrganisationPart />),
  },
  { id: "clients", name: "Clients", answer: "Whom do we work for?", body: <ClientsPart /> },
  { id: "users", name: "Users", answer: "Who works here, and with what access?", managers: true, body: <UsersPart /> },
  {
    id: "service-keys",
    name: "Service keys",
    answer: "Which outside services work for us?",
    managers: true,
    body: <ServiceKeysPart />,
  },
  {
    id: "single-sign-on",
    name: "Single sign-on",
    answer: "Who vouches for our people?",
    managers: true,
    body: <SingleSignOnPart />,
  },
  {
    id: "webhooks",
    name: "Webhooks",
    answer: "Who else is told what happens?",
    managers: true,
    body: <WebhooksPart />,
  },
  {
    id: "attended-apps",
    name: "Attended apps",
    answer: "In which apps does only a person act?",
    managers: true,
    body: <AttendedPart />,
  },
  { id: "audit", name: "Audit trail", answer: "Who changed what?", managers: true, body: <AuditPart /> },
];

const MINE: readonly Part[] = [
  { id: "profile", name: "My profile", answer: "Who am I here?", body: titled("My profile", <ProfilePart />) },
  { id: "sign-in", name: "Sign-in", answer: "How do I come in, and where am I in?", body: <SignInPart /> },
  { id: "tokens", name: "API tokens", answer: "Which programs come in for me?", body: <TokensPart /> },
  { id: "appearance", name: "Appearance", answer: "How should it look?", body: titled("Appearance", <ThemePart />) },
];

export function SettingsPage() {
  const { section } = useParams({ from: "/desk/settings/$section" });
  const { may } = useScope();
  const shown = [...HOUSE, ...MINE].find((one) => one.id === section);
  if (!shown) return <NotFoundPage />;
  const house = HOUSE.filter((one) => !one.managers || may("manage"));
  return (
    <Page title="Settings" answer={shown.answer}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col md:flex-row">
        <SettingsNav
          groups={[
            ["House", house],
            ["Mine", MINE],
          ]}
          current={shown.id}
        />
        <Body>
          <div className="max-w-3xl">{shown.body}</div>
        </Body>
      </div>
    </Page>
  );
}

function titled(title: string, body: ReactNode): ReactNode {
  return (
    <Section title={title}>
      <div className="pt-3">{body}</div>
    </Section>
  );
}
