// Who holds the phones: what you have, and what others have of what you selected, with the ways to it.
import { Hand, LockOpen } from "lucide-react";
import { capital } from "@/lib/capital";
import { Button } from "@/ui/Button";
import { Section } from "@/ui/Page";
import type { Numbered } from "../filters";
import { type Held, otherHolder } from "./phones";
import { phonesWords } from "./words";

interface Ways {
  held: ReadonlyMap<string, Held>;
  mayBreakIn: (one: Numbered) => boolean;
  onAsk: (one: Numbered) => void;
  onBreakIn: (one: Numbered) => void;
}

interface Props extends Ways {
  phones: readonly Numbered[];
  /** Those whose other holders are of interest. */
  meant: readonly string[];
  onRelease: () => void;
}

export function HoldersPart({ phones, held, meant, mayBreakIn, onRelease, onAsk, onBreakIn }: Props) {
  const mine = phones.filter(({ phone }) => held.get(phone.id)?.mine);
  const others = othersAmong(phones, meant, held);
  if (!mine.length && !others.length) return null;
  return (
    <Section title="Held">
      {mine.length > 0 && (
        <div className="flex items-center gap-2">
          <span className="figures min-w-0 flex-1">
            {capital(phonesWords(mine.map(({ number }) => number)))}
            <span className="text-ink-3"> · you</span>
          </span>
          <Button small icon={LockOpen} onClick={onRelease}>
            Give back
          </Button>
        </div>
      )}
      <Others {...{ others, held, mayBreakIn, onAsk, onBreakIn }} />
    </Section>
  );
}

/** The same over the wall, where no panel is beside it: the way out stands where a phone refused. */
export function HoldersCard({ phones, meant, ...ways }: Ways & Pick<Props, "phones" | "meant">) {
  const others = othersAmong(phones, meant, ways.held).slice(0, MOST_IN_CARD);
  if (!others.length) return null;
  return (
    <section
      aria-label="Held by others"
      className="absolute inset-x-2 bottom-2 z-10 mx-auto max-w-96 rounded-md border bg-surface px-3 py-1 shadow-float"
    >
      <Others others={others} {...ways} />
    </section>
  );
}

/** More would cover the phones. */
const MOST_IN_CARD = 2;

function othersAmong(phones: readonly Numbered[], meant: readonly string[], held: Ways["held"]): readonly Numbered[] {
  return phones.filter(({ phone }) => meant.includes(phone.id) && otherHolder(phone, held));
}

function Others({ others, held, mayBreakIn, onAsk, onBreakIn }: Ways & { others: readonly Numbered[] }) {
  return (
    <ul className="flex flex-col">
      {others.map((one) => (
        <li key={one.phone.id} className="flex flex-wrap items-center gap-1 py-1">
          <span className="flex min-w-0 flex-1 basis-20 items-baseline gap-1.5">
            <span className="figures font-medium">{one.number}</span>
            <span dir="auto" className="min-w-0 truncate">
              {otherHolder(one.phone, held)}
            </span>
          </span>
          <Button small icon={Hand} onClick={() => onAsk(one)} aria-label={`Ask for phone ${one.number}`}>
            Ask
          </Button>
          {mayBreakIn(one) && (
            <Button small tone="danger" onClick={() => onBreakIn(one)} aria-label={`Break in on phone ${one.number}`}>
              Break in
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
