// Who holds the phones: what you have, and what others have of what you selected, with the ways to it.
import { Hand, LockOpen } from "lucide-react";
import { Button } from "@/ui/Button";
import { Section } from "@/ui/Page";
import type { Numbered } from "./filters";
import type { Held } from "./phones";
import { capital, phonesWords } from "./words";

interface Props {
  phones: readonly Numbered[];
  held: ReadonlyMap<string, Held>;
  /** Those whose other holders are of interest. */
  meant: readonly string[];
  mayBreakIn: (one: Numbered) => boolean;
  onRelease: () => void;
  onAsk: (one: Numbered) => void;
  onBreakIn: (one: Numbered) => void;
}

export function HoldersPart({ phones, held, meant, mayBreakIn, onRelease, onAsk, onBreakIn }: Props) {
  const mine = phones.filter(({ phone }) => held.get(phone.id)?.mine);
  const others = phones.filter(({ phone }) => meant.includes(phone.id) && otherHolder(phone, held));
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
      <ul className="flex flex-col">
        {others.map((one) => (
          <li key={one.phone.id} className="flex flex-wrap items-center gap-1 py-1">
            <span className="flex min-w-0 flex-1 basis-32 items-baseline gap-1.5">
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
    </Section>
  );
}

/** The socket knows best; before it has said anything, the inventory. */
export function otherHolder(phone: Numbered["phone"], held: ReadonlyMap<string, Held>): string {
  const said = held.get(phone.id);
  if (said) return said.mine ? "" : said.holder;
  return phone.lease?.holder_name ?? "";
}
