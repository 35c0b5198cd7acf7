// What waits for an answer above the wall: the line is down, somebody asks for a phone, are you still there.
import { CircleAlert, Clock, Hand, type LucideIcon } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { sayError } from "@/api/problem";
import { useHandOver, useStillThere } from "@/api/wall";
import { capital } from "@/lib/capital";
import { Button } from "@/ui/Button";
import { say, sayBroken } from "@/ui/Toast";
import type { Numbered } from "../filters";
import { phonesWords } from "./words";
import type { LineState } from "./wallSocket";

export function LineNews({ line, onRetry }: { line: LineState; onRetry: () => void }) {
  if (line.kind === "refused") {
    const words =
      line.why === "version" ? "Greenroom was updated since this page was opened. Reload it to go on." : line.sentence;
    return (
      <Note icon={CircleAlert} tone="broken" words={words}>
        <Button small onClick={() => location.reload()}>
          Reload the page
        </Button>
      </Note>
    );
  }
  if (line.kind !== "lost") return null;
  return (
    <Note
      icon={CircleAlert}
      tone="broken"
      words="Not connected to the phones: what you see is old, and nothing can be done. Trying again by itself."
    >
      <Button small onClick={onRetry}>
        Try now
      </Button>
    </Note>
  );
}

/** `me`: who is signed in. */
export function HolderNews({ phones, me }: { phones: readonly Numbered[]; me: string }) {
  const handOver = useHandOver();
  const still = useStillThere();
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const mine = phones.filter(({ phone }) => phone.lease?.holder_id === me);
  const idle = mine.filter(({ phone }) => phone.lease?.still_there);
  const keyOf = ({ phone }: Numbered) => `${phone.id} ${phone.lease?.asked?.by} ${phone.lease?.asked?.at}`;
  const asked = mine.filter((one) => one.phone.lease?.asked && !refused.has(keyOf(one)));
  const stay = () =>
    still.mutate(
      idle.map(({ phone }) => ({ id: phone.id, epoch: phone.lease?.epoch ?? 0 })),
      { onError: (error) => sayBroken(sayError(error)) },
    );
  return (
    <>
      {idle.length > 0 && (
        <Note
          icon={Clock}
          tone="wait"
          words={`Are you still there? ${capital(phonesWords(idle.map(({ number }) => number)))} ${idle.length === 1 ? "was" : "were"} not touched for 15 minutes and will be given back in a minute.`}
        >
          <Button small tone="go" busy={still.isPending} onClick={stay}>
            I am here
          </Button>
        </Note>
      )}
      {asked.map((one) => {
        const { number, phone } = one;
        const { asked: who, epoch } = phone.lease ?? {};
        if (!who || epoch === undefined) return null;
        return (
          <Note
            key={phone.id}
            icon={Hand}
            tone="wait"
            words={`${who.name} asks for phone ${number}${who.note ? `: “${who.note}”` : "."}`}
          >
            <Button
              small
              busy={handOver.isPending}
              onClick={() =>
                handOver.mutate(
                  { id: phone.id, epoch },
                  {
                    onSuccess: () => say(`Phone ${number} is ${who.name}’s now.`),
                    onError: (error) => sayBroken(sayError(error)),
                  },
                )
              }
            >
              Hand it over
            </Button>
            <Button small tone="quiet" onClick={() => setRefused((before) => new Set([...before, keyOf(one)]))}>
              Not now
            </Button>
          </Note>
        );
      })}
    </>
  );
}

/** They lie over the wall and move no phone under anybody's pointer. */
export function News({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 z-10 flex flex-col items-center gap-1 p-2">
      {children}
    </div>
  );
}

/** Until then a press that was under way goes to the phone it was meant for, in milliseconds. */
const STANDS_MS = 700;

function Note(props: { icon: LucideIcon; tone: "wait" | "broken"; words: string; children: ReactNode }) {
  const Icon = props.icon;
  const [stands, setStands] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStands(true), STANDS_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      role="alert"
      className={`flex w-full max-w-160 flex-wrap items-center gap-2 rounded-md border px-3 py-1.5 shadow-float ${
        props.tone === "wait" ? "bg-wait-soft text-wait" : "bg-broken-soft text-broken"
      } ${stands ? "pointer-events-auto" : ""}`}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <p dir="auto" className="min-w-0 flex-1 basis-48">
        {props.words}
      </p>
      {props.children}
    </div>
  );
}
