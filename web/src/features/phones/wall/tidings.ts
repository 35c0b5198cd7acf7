// What the wall's log tells of phones that change hands: why, to who had it and to who has it.
import type { PastLease } from "@/api/wall";
import { capital } from "@/lib/capital";
import { comingWords, endingWords } from "./ending";
import type { LogLine } from "./log";
import { phonesWords } from "./words";

interface TidingsOutside {
  /** How the lease of this epoch ended; null where nobody knows. */
  past(phone: string, epoch: number): Promise<PastLease | null>;
  numbers(ids: readonly string[]): readonly number[];
}

interface TidingsEvents {
  log(tone: LogLine["tone"], words: string): void;
  say(sentence: string): void;
  note(phone: string, words: string): void;
}

/** What happens to many phones with no longer a pause than this is told in one line, in milliseconds. */
const TOGETHER_MS = 400;

export class Tidings {
  #gathered = new Map<string, string[]>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly outside: TidingsOutside,
    private readonly events: TidingsEvents,
  ) {}

  /** Taken here. */
  took(phone: string): void {
    this.#gather("You took ", phone);
  }

  /** It is this person's without having been taken here; `before`: the lease before. */
  async came(phone: string, before: bigint): Promise<void> {
    const past = await this.outside.past(phone, Number(before)).catch(() => null);
    const words = comingWords(past);
    if (past?.reason === "handed_over" || past?.reason === "broken_in") this.#tell(phone, words, "go");
    else this.#gather(`${capital(words)}: `, phone);
  }

  /** It was held here, and was not given back here. */
  async lost(phone: string, epoch: bigint): Promise<void> {
    const past = await this.outside.past(phone, Number(epoch)).catch(() => null);
    const words = past ? endingWords(past) : "you no longer hold it";
    this.events.note(phone, words);
    this.#tell(phone, words);
  }

  /** Its holder was asked for it here, and it went another way: to nobody, or to somebody else. */
  passed(phone: string, from: string, to: string): void {
    this.#tell(phone, to ? `${to} has it now, no longer ${from}` : `${from} no longer holds it; it is free to take`);
  }

  /** `why` follows what was given back. */
  gave(phones: readonly string[], why = ""): void {
    const numbers = this.outside.numbers(phones);
    if (numbers.length) this.events.log("calm", `You gave back ${phonesWords(numbers)}${why && `: ${why}`}`);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #tell(phone: string, words: string, tone: LogLine["tone"] = "wait"): void {
    const told = `${capital(phonesWords(this.outside.numbers([phone])))}: ${words}`;
    this.events.log(tone, told);
    this.events.say(told);
  }

  #gather(words: string, phone: string): void {
    this.#gathered.set(words, [...(this.#gathered.get(words) ?? []), phone]);
    this.close();
    this.#timer = setTimeout(() => this.#tellGathered(), TOGETHER_MS);
  }

  #tellGathered(): void {
    this.#timer = null;
    for (const [words, phones] of this.#gathered) {
      const numbers = this.outside.numbers(phones);
      if (numbers.length) this.events.log("calm", `${words}${phonesWords(numbers)}`);
    }
    this.#gathered.clear();
  }
}
