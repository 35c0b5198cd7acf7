// The leases that this wall holds: taken before the first act, kept while it acts, given back. Touches no page.
import type { Held } from "./phones";

export interface Lab {
  /** Take the phone; throws with a sentence where somebody else holds it. */
  take(phone: string): Promise<{ epoch: number }>;
  release(phone: string, epoch: number): Promise<void>;
}

export interface HoldingEvents {
  changed(): void;
  /** Held here until now, and not given back by this page. */
  lost(phone: string, epoch: bigint): void;
  /** What to tell a person about a failure. */
  words(error: unknown): string;
}

/** The epoch to act with, or why there is none. */
export type Grip = { epoch: bigint } | { why: string };

export class Holding {
  #held = new Map<string, Held>();
  /** Those that this page took, and gives back. */
  #taken = new Set<string>();
  #taking = new Map<string, Promise<Grip>>();

  constructor(
    private readonly lab: Lab,
    private readonly events: HoldingEvents,
  ) {}

  get held(): ReadonlyMap<string, Held> {
    return new Map(this.#held);
  }

  /** Those that this page took and has. */
  get mine(): readonly string[] {
    return [...this.#taken].filter((phone) => this.#held.get(phone)?.mine);
  }

  /** What the socket says of a phone. */
  heard(phone: string, now: Held): void {
    const before = this.#held.get(phone);
    // Messages and answers overtake each other; an epoch only rises.
    if (before && now.epoch < before.epoch) return;
    this.#held.set(phone, now);
    if (before?.mine && !now.mine && this.#taken.delete(phone)) this.events.lost(phone, before.epoch);
    this.events.changed();
  }

  /** At once where it is held already; else it is taken, or the answer says why it can't be. */
  grip(phone: string): Grip | Promise<Grip> {
    const held = this.#held.get(phone);
    if (held?.mine) {
      this.#taken.add(phone);
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

  /** It came to this person in another way: by breaking in. */
  came(phone: string, epoch: number): void {
    this.#taken.add(phone);
    this.heard(phone, { epoch: BigInt(epoch), holder: "", mine: true });
  }

  /** Give back what this page took; all of it if nothing is named. What fails ends by itself within a minute. */
  async release(phones: readonly string[] = [...this.#taken]): Promise<void> {
    await Promise.all(phones.map((phone) => this.#taking.get(phone)));
    const ours = phones.filter((phone) => this.#taken.delete(phone));
    const gone = ours.map(async (phone) => {
      const held = this.#held.get(phone);
      if (!held?.mine) return;
      await this.lab.release(phone, Number(held.epoch)).catch(() => undefined);
    });
    await Promise.all(gone);
  }

  async #take(phone: string): Promise<Grip> {
    try {
      const { epoch } = await this.lab.take(phone);
      this.came(phone, epoch);
      return { epoch: BigInt(epoch) };
    } catch (error) {
      return { why: this.events.words(error) };
    }
  }
}
