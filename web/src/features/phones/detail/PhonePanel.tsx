// One phone beside the list: its state and why, who holds it, how it does, where it hangs, and what happened to it.
import { Building2, CircleCheck, Monitor, Pencil, Wrench, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type Phone, useChangePhone } from "@/api/inventory";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import { Button, ButtonLink } from "@/ui/Button";
import { Section } from "@/ui/Page";
import { State } from "@/ui/State";
import { Time } from "@/ui/Time";
import { say, sayBroken } from "@/ui/Toast";
import { GiveDialog } from "../list/GiveDialog";
import { StateDialog } from "../list/StateDialog";
import { isOutOfWork, phoneStates } from "../words";
import { AboutForm } from "./AboutForm";
import { AboutPart } from "./AboutPart";
import { BarsPart } from "./BarsPart";
import { HistoryPart } from "./HistoryPart";

export function PhonePanel({ phone, onClose }: { phone: Phone; onClose: () => void }) {
  const { may } = useScope();
  const [doing, setDoing] = useState<"about" | "state" | "give" | null>(null);
  const manages = may("manage", phone.client_id ?? undefined);
  const leave = () => setDoing(null);
  return (
    <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-6 p-4 lg:overflow-y-auto">
      <div className="flex flex-col gap-3">
        <div className="flex items-start gap-3">
          <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
            <h2 dir="auto" className="text-lg font-semibold [overflow-wrap:anywhere]">
              {phone.name}
            </h2>
            <State told={phoneStates[phone.state]} />
          </div>
          <Button tone="quiet" small icon={X} aria-label="Close" className="max-lg:hidden" onClick={onClose} />
        </div>
        <Standing phone={phone} />
        <div className="flex flex-wrap gap-2">
          <ButtonLink to="/phones" search={{ large: phone.id }} icon={Monitor}>
            Show on the wall
          </ButtonLink>
          {manages && (
            <>
              <Button icon={Pencil} aria-expanded={doing === "about"} onClick={() => setDoing("about")}>
                Name and tags
              </Button>
              <WorkActs phone={phone} onOut={() => setDoing("state")} />
              <Button icon={Building2} onClick={() => setDoing("give")}>
                Give to a client
              </Button>
            </>
          )}
        </div>
      </div>
      {doing === "about" && <AboutForm phone={phone} onDone={leave} />}
      <HeldPart phone={phone} />
      <BarsPart phone={phone} />
      <AboutPart phone={phone} />
      <HistoryPart phone={phone.id} />
      {doing === "state" && <StateDialog phones={[phone]} onClose={leave} />}
      {doing === "give" && <GiveDialog phones={[phone]} onClose={leave} />}
    </div>
  );
}

/** Why it can't be used as it is, or takes one hand only; nothing when all is well. */
function Standing({ phone }: { phone: Phone }) {
  return (
    <>
      {isOutOfWork(phone) && (
        <Note>
          {phone.state_why}
          <span className="block text-sm">
            {phone.state_by_name ?? "a rule"}
            {phone.state_at && (
              <>
                , <Time at={phone.state_at} />
              </>
            )}
          </span>
        </Note>
      )}
      {phone.offline_since && (
        <Note>
          Offline since <Time at={phone.offline_since} />
          {phone.because && `: ${phone.because}`}
        </Note>
      )}
      {!phone.offline_since && phone.alive !== "live" && phone.because && <Note>{phone.because}</Note>}
      {phone.attended && (
        <p className="text-sm [overflow-wrap:anywhere] text-ink-2">
          {phone.front} is in front, an attended app: a person acts in it on one phone at a time.
        </p>
      )}
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p dir="auto" className="rounded-md bg-wait-soft px-3 py-2 [overflow-wrap:anywhere] text-wait">
      {children}
    </p>
  );
}

/** Out of work, and back. */
function WorkActs({ phone, onOut }: { phone: Phone; onOut: () => void }) {
  const change = useChangePhone();
  if (!isOutOfWork(phone))
    return (
      <Button icon={Wrench} onClick={onOut}>
        Out of work
      </Button>
    );
  return (
    <>
      <Button
        icon={CircleCheck}
        busy={change.isPending}
        onClick={() =>
          change.mutate(
            { phone, state: "active" },
            {
              onSuccess: () => say(`${phone.name} is back at work.`),
              onError: (error) => sayBroken(sayError(error)),
            },
          )
        }
      >
        Back to work
      </Button>
      <Button icon={Wrench} onClick={onOut}>
        Another state
      </Button>
    </>
  );
}

function HeldPart({ phone: { lease } }: { phone: Phone }) {
  return (
    <Section title="Held by">
      {lease ? (
        <p dir="auto" className="[overflow-wrap:anywhere]">
          {lease.holder_name} since <Time at={lease.taken_at} />; last touched <Time at={lease.input_at} />
          {lease.still_there && <span className="block text-wait">Asked whether they are still there.</span>}
          {lease.asked && (
            <span className="block text-wait">
              {lease.asked.name} wants it next{lease.asked.note && `: ${lease.asked.note}`}
            </span>
          )}
        </p>
      ) : (
        <p className="text-ink-2">Nobody. Take it on the wall.</p>
      )}
    </Section>
  );
}
