// The USB of each computer: controllers, hubs, and each phone on its port, in its state.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { Cpu, Usb } from "lucide-react";
import { hubsQuery } from "@/api/inventory";
import { counted } from "@/lib/numbers";
import { ErrorNote } from "@/ui/ErrorNote";
import { Section } from "@/ui/Page";
import { SkeletonRows } from "@/ui/Skeleton";
import { State } from "@/ui/State";
import { phoneStates } from "../words";
import { allOf, type AgentHubs, type HubPhone, lastPart, stepOf, thereWords, type UsbHub } from "./hubs";

/** Nothing where no phone hangs on a port that the computer tells. */
export function HubsPart({ className }: { className?: string }) {
  const hubs = useQuery(hubsQuery);
  if (hubs.isPending) return <SkeletonRows rows={2} />;
  if (hubs.error) return <ErrorNote error={hubs.error} onRetry={() => void hubs.refetch()} />;
  const wired = hubs.data.items.filter((one) => one.controllers.length > 0);
  if (wired.length === 0) return null;
  return (
    <Section title="On USB" className={className}>
      <ul className="flex flex-col gap-5 border-t pt-3">
        {wired.map((one) => (
          <li key={one.agent_id} className="min-w-0">
            <Computer of={one} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Computer({ of }: { of: AgentHubs }) {
  const lost = new Set(of.alarms.map((one) => one.hub));
  return (
    <>
      <h3 className="flex flex-wrap items-baseline gap-x-2">
        <span dir="auto" className="font-medium [overflow-wrap:anywhere]">
          {of.agent_name}
        </span>
        {of.elsewhere > 0 && (
          <span className="text-sm text-ink-3">{counted(of.elsewhere, "more phone")} not on a known port</span>
        )}
      </h3>
      <ul className="mt-1 flex flex-col gap-2">
        {of.controllers.map((one) => (
          <HubRow key={one.path} hub={one} lost={lost} />
        ))}
      </ul>
    </>
  );
}

function HubRow({ hub, lost }: { hub: UsbHub; lost: ReadonlySet<string> }) {
  const Icon = hub.kind === "controller" ? Cpu : Usb;
  const name = hub.kind === "controller" ? `Controller ${hub.path}` : `Hub ${hub.path}`;
  const broken = lost.has(hub.path);
  return (
    <li className="min-w-0">
      <div className={clsx("flex min-h-6 items-center gap-1.5 text-sm", broken ? "text-broken" : "text-ink-2")}>
        <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        <span className="figures font-medium">{name}</span>
        <span className={broken ? "" : "text-ink-3"}>
          {broken ? "lost several phones at once" : thereWords(allOf(hub))}
        </span>
      </div>
      <div className="ml-2 flex flex-col gap-2 border-l pt-1 pl-3.5">
        {hub.phones.length > 0 && (
          <ul aria-label={`Phones on ${name}`} className="flex flex-wrap gap-1.5">
            {hub.phones.map((one) => (
              <PhoneTile key={one.id} phone={one} />
            ))}
          </ul>
        )}
        {hub.hubs.length > 0 && (
          <ul aria-label={`Hubs on ${name}`} className="flex flex-col gap-2">
            {hub.hubs.map((one) => (
              <HubRow key={one.path} hub={one} lost={lost} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function PhoneTile({ phone }: { phone: HubPhone }) {
  const step = stepOf(phone);
  return (
    <li className="max-w-full min-w-0">
      <Link
        to="/phones/list"
        search={{ phone: phone.id }}
        title={phone.because}
        className="flex max-w-80 items-center gap-2 rounded-md border bg-surface px-2 py-1 hover:border-line-strong"
      >
        <span className="figures text-sm text-ink-3">
          <span className="sr-only">Port </span>
          {lastPart(phone.port)}
        </span>
        <span dir="auto" className="min-w-0 truncate">
          {phone.name}
        </span>
        <State bare told={phoneStates[phone.state]} />
        {step && <span className="text-sm whitespace-nowrap text-ink-3">{step}</span>}
      </Link>
    </li>
  );
}
