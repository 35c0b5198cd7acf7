// The leases that this wall holds: taken before the first act, kept while it acts, given back. Touches no page.
import type { Held } from "./phones";

export interface Lab {
  /** Take the phone; throws with a sentence where somebody else holds it. */
  take(phone: string): Promise<{ epoch: number }>;
  release(phone: string, epoch: number): Promise<void>;
}

interface HoldingEvents {
  changed(): void;
  /** Held here until now, and not given back by this page. */
  lost(phone: string, epoch: bigint): void;
  /** Taken by this page. */
  took(phone: string): void;
  /** It is this person's since the lease of epoch `before` ended, and this page did not just take it. */
  came(phone: string, before: bigint): void;
  /** It was asked for here, and is nobody's or another one's now. */
  passed(phone: string, from: string, to: string): void;
  /** What to tell a person about a failure. */
  words(error: unknown): string;
}

/** The epoch to act with, or why there is none. */
export type Grip = { epoch: bigint } | { why: string };

export class Holding {
  #held = new Map<string, Held>();
  /** Those that are acted on here; true for those that this page took itself, and gives back. */
  #used = new Map<string, boolean>();
  /** Those that their holders were asked for here. */
  #asked = new Set<string>();
  #taking = new Map<string, Promise<Grip>>();
  #leaving = new Map<string, Promise<void>>();

  constructor(
    private readonly lab: Lab,
    private readonly events: HoldingEvents,
  ) {}

  get held(): ReadonlyMap<string, Held> {
    return new Map(this.#held);
  }

  /** Those that this page took and has. */
  get mine(): readonly string[] {
    return [...this.#used].filter(([phone, took]) => took && this.#held.get(phone)?.mine).map(([phone]) => phone);
  }

  /** What the socket says of a phone. */
  heard(phone: string, now: Held): void {
    const before = this.#held.get(phone);
    // Messages and answers overtake each other; an epoch only rises.
    if (before && now.epoch < before.epoch) return;
    this.#held.set(phone, now);
    // Handed over to who asked here.
    if (now.mine && !before?.mine && this.#asked.delete(phone)) this.#used.set(phone, true);
    if (before?.mine && !now.mine && this.#used.delete(phone)) this.events.lost(phone, before.epoch);
    if (before && now.mine && !before.mine && !this.#taking.has(phone)) this.events.came(phone, before.epoch);
    const passed = before && !now.mine && now.holder !== before.holder;
    if (passed && this.#asked.delete(phone)) this.events.passed(phone, before.holder, now.holder);
    this.events.changed();
  }

  /** At once where it is held already; else it is taken, or the answer says why it can't be. */
  grip(phone: string): Grip | Promise<Grip> {
    // What is on its way back is taken anew: its epoch ends.
    const leaving = this.#leaving.get(phone);
    if (leaving) return leaving.then(() => this.take(phone));
    const held = this.#held.get(phone);
    if (held?.mine) {
      // Another page of theirs may have taken it, and goes on with it.
      if (!this.#used.has(phone)) this.#used.set(phone, false);
      return { epoch: held.epoch };
    }
    if (held?.holder) return { why: `${held.holder} holds it` };
    return this.take(phone);
  }

  take(phone: string): Promise<Grip> {
    const under = this.#taking.get(phone);
    if (under) return under;
    const taking = this.#take(phone).finally(() => this.#taking.delete(phone));
    this.#taking.set(phone, taking);
    return taking;
  }

  /** Its holder was asked for it here: once handed over it is this page's. */
  asked(phone: string): void {
    this.#asked.add(phone);
  }

  /** It came to this person in another way: by breaking in. */
  came(phone: string, epoch: number): void {
    this.#used.set(phone, true);
    this.heard(phone, { epoch: BigInt(epoch), holder: "", mine: true });
  }

  /**
   * Give back those that are named, or else what this page took: another page of theirs may act on the rest. What fails
   * ends by itself within a minute.
   */
  async release(named?: readonly string[]): Promise<void> {
    const mine = [...this.#used.keys(), ...this.#taking.keys(), ...this.#leaving.keys()];
    const phones = named ?? [...new Set(mine)];
    await Promise.all(phones.map((phone) => this.#leave(phone, named !== undefined)));
  }

  /** In turn with what was asked before of this phone; `whoever` took it. */
  #leave(phone: string, whoever: boolean): Promise<void> {
    const leaving = this.#giveBack(phone, whoever, this.#leaving.get(phone)).finally(() => {
      if (this.#leaving.get(phone) === leaving) this.#leaving.delete(phone);
    });
    this.#leaving.set(phone, leaving);
    return leaving;
  }

  /** Without a turn of the loop where nothing is awaited: a page that goes away has no other. */
  async #giveBack(phone: string, whoever: boolean, before: Promise<void> | undefined): Promise<void> {
    if (before) await before;
    const taking = this.#taking.get(phone);
    if (taking) await taking;
    const [took, held] = [this.#used.get(phone) ?? false, this.#held.get(phone)];
    this.#used.delete(phone);
    if (!held?.mine || (!whoever && !took)) return;
    const { epoch } = held;
    const gone = () => {
      // The socket says so too, later.
      if (this.#held.get(phone)?.epoch === epoch) this.heard(phone, { epoch, holder: "", mine: false });
    };
    await this.lab.release(phone, Number(epoch)).then(gone, () => undefined);
  }

  async #take(phone: string): Promise<Grip> {
    try {
      const { epoch } = await this.lab.take(phone);
      this.came(phone, epoch);
      this.events.took(phone);
      return { epoch: BigInt(epoch) };
    } catch (error) {
      return { why: this.events.words(error) };
    }
  }
}
