// What goes to the phones, and what came of it on each: waits for answers, and says so when none comes.
import type { Aimed } from "@/wall/aim";
import { touches } from "@/wall/touches";
import { type KeyName, writeKey, writeScroll, writeTouch } from "@/wall/wire";
import type { Outcome } from "./acts";
import type { FromWall, ToWall, Verb } from "./messages";
import { CUT_OFF, type Deed, doFailedWords, doneWords, mayHaveCome, NOT_SENT, UNANSWERED } from "./words";

/** How long an answer may take, in milliseconds: a gesture is short, an installation is not. */
const PATIENCE = { input: 15_000, do: 60_000, file: 15 * 60_000 } as const;

/** One phone's part of an act. */
export interface Part {
  act: number;
  phone: string;
  deed: Deed;
  channel: number;
  epoch: bigint;
  many: number;
}

export interface Line {
  input(bytes: ArrayBuffer): boolean;
  send(message: FromWall): boolean;
}

interface Awaited {
  part: Part;
  /** The first and last of its inputs; of something done whole, twice its id. */
  first: number;
  last: number;
  until: number;
}

export class Sending {
  #count = 0;
  #inputs: Awaited[] = [];
  #orders = new Map<number, Awaited>();

  constructor(
    private readonly line: Line,
    private readonly settle: (part: Part, outcome: Outcome) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  gesture(part: Part, aimed: Aimed): void {
    const { seen } = aimed;
    const moment = Math.round(this.now() * 1000);
    if (aimed.kind === "scroll") {
      const { at, right, down } = aimed;
      return this.#input(part, [
        (sequence) => writeScroll({ ...this.#head(part, sequence, moment), at, seen, right, down }),
      ]);
    }
    const due = touches(aimed).map(
      ({ t, action, at }) =>
        (sequence: number) =>
          writeTouch({ ...this.#head(part, sequence, moment + Math.round(t * 1000)), action, at, seen }),
    );
    this.#input(part, due);
  }

  key(part: Part, key: KeyName, long: boolean): void {
    const moment = Math.round(this.now() * 1000);
    this.#input(part, [(sequence) => writeKey({ ...this.#head(part, sequence, moment), key, long })]);
  }

  order(part: Part, verb: Verb, argument: string): void {
    const id = this.#next();
    const { channel: number, epoch, many } = part;
    if (!this.line.send({ type: "do", id, number, epoch: Number(epoch), verb, argument, many }))
      return this.settle(part, { state: "failed", words: NOT_SENT });
    const patience = verb === "install" || verb === "push" ? PATIENCE.file : PATIENCE.do;
    this.#orders.set(id, { part, first: id, last: id, until: this.now() + patience });
  }

  done({ id, kind, sentence, answer }: ToWall["done"]): void {
    const awaited = this.#orders.get(id);
    if (!awaited) return;
    this.#orders.delete(id);
    const { part } = awaited;
    if (!kind) return this.settle(part, { state: "done", words: doneWords(part.deed), ...answered(part.deed, answer) });
    this.settle(part, { state: notDone(kind), words: doFailedWords(kind, sentence, part.deed) });
  }

  progress({ id, percent }: ToWall["progress"]): void {
    const awaited = this.#orders.get(id);
    if (!awaited) return;
    awaited.until = this.now() + PATIENCE.file;
    this.settle(awaited.part, { state: "running", words: `${percent} %`, percent });
  }

  inputDone({ number, sequence }: ToWall["input_done"]): void {
    const awaited = this.#answered(number, sequence);
    if (awaited) this.settle(awaited.part, { state: "done", words: doneWords(awaited.part.deed) });
  }

  /** The first touch that is refused speaks for the whole gesture. */
  inputRefused({ number, sequence, kind }: ToWall["input_refused"], holder: string): void {
    const awaited = this.#answered(number, sequence);
    if (!awaited) return;
    this.settle(awaited.part, { state: notDone(kind), words: doFailedWords(kind, "", awaited.part.deed, holder) });
  }

  /** Those whose time is over are answered by nobody any more. */
  tick(): void {
    const now = this.now();
    for (const { part } of this.#take((one) => one.until <= now))
      this.settle(part, { state: "unknown", words: UNANSWERED });
  }

  /** The line broke: what was under way may have arrived or not. */
  cutOff(): void {
    for (const { part } of this.#take(() => true)) this.settle(part, { state: "unknown", words: CUT_OFF });
  }

  #input(part: Part, writes: readonly ((sequence: number) => ArrayBuffer)[]): void {
    if (!writes.length) return;
    const first = this.#count + 1;
    const sent = writes.every((write) => this.line.input(write(this.#next())));
    if (!sent) return this.settle(part, { state: "failed", words: NOT_SENT });
    this.#inputs.push({ part, first, last: this.#count, until: this.now() + PATIENCE.input });
  }

  #head({ channel, epoch, many }: Part, sequence: number, moment: number) {
    return { phone: channel, epoch, sequence, moment, many };
  }

  #answered(channel: number, sequence: number): Awaited | undefined {
    const index = this.#inputs.findIndex(
      ({ part, first, last }) => part.channel === channel && first <= sequence && sequence <= last,
    );
    return index < 0 ? undefined : this.#inputs.splice(index, 1)[0];
  }

  #take(which: (one: Awaited) => boolean): readonly Awaited[] {
    const taken = [...this.#inputs, ...this.#orders.values()].filter(which);
    this.#inputs = this.#inputs.filter((one) => !which(one));
    for (const [id, one] of this.#orders) if (which(one)) this.#orders.delete(id);
    return taken;
  }

  #next(): number {
    this.#count = (this.#count + 1) % 2 ** 32;
    return this.#count;
  }
}

/** What an answer that is no success makes of it; what a rule forbids did not fail. */
function notDone(kind: string): Outcome["state"] {
  if (kind === "attended") return "left out";
  return mayHaveCome(kind) ? "unknown" : "failed";
}

const PICTURE = /^\/api\/v1\/phones\/pictures\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Only a screenshot is a picture, and only at an address of our own; whatever a phone says itself is a text. */
function answered(deed: Deed, answer: string): Pick<Outcome, "answer" | "picture"> {
  if (deed !== "screenshot") return { answer };
  return PICTURE.test(answer) ? { picture: answer } : {};
}
