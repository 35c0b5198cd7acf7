// Phones that went and came back, told once for all with the same reason; a break of the line is no going.
import { capital } from "@/lib/capital";
import { plain } from "@/wall/words";
import type { Numbered } from "../filters";
import type { LogLine } from "./log";
import { phonesWords } from "./words";

/** How long after a break of the line agents have to come back too, before a phone counts as gone, in milliseconds. */
export const SETTLE_MS = 20_000;

export type Told = Pick<LogLine, "tone" | "words">;

export class Comings {
  #there = new Map<string, boolean>();
  #settling = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `settled`: it is time to look again after a break. */
  constructor(private readonly settled: () => void) {}

  /** The line: until it is back, and for a while from then on, nothing is known to have changed. */
  broke(): void {
    clearTimeout(this.#timer);
    this.#settling = true;
  }

  mended(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#settling = false;
      this.settled();
    }, SETTLE_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** What changed since phones were looked at last. Those that are only just shown have not come. */
  look(phones: readonly Numbered[], isThere: (one: Numbered) => boolean): readonly Told[] {
    const before = this.#there;
    this.#there = new Map();
    const went = new Map<string, Numbered[]>();
    const back: Numbered[] = [];
    for (const one of phones) {
      const [was, is] = [before.get(one.phone.id), isThere(one)];
      const told = was !== undefined && this.#settling ? was : is;
      this.#there.set(one.phone.id, told);
      if (was === undefined || was === told) continue;
      if (told) back.push(one);
      else {
        const why = plain(one.phone.because || "it is not there any more");
        went.set(why, [...(went.get(why) ?? []), one]);
      }
    }
    return [
      ...[...went].map(([why, some]): Told => ({ tone: "broken", words: `${named(some)} went: ${why}` })),
      ...(back.length
        ? [{ tone: "go", words: `${named(back)} ${back.length === 1 ? "is" : "are"} back` } satisfies Told]
        : []),
    ];
  }
}

/** "Phone 3, Pixel," or "Phones 1 to 8". */
function named(phones: readonly Numbered[]): string {
  const [first, ...more] = phones;
  if (first && !more.length) return `Phone ${first.number}, ${plain(first.phone.name)},`;
  return capital(phonesWords(phones.map(({ number }) => number)));
}
