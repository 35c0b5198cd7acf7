// Tells the server which frames reached the glass, so that it sends no more than can be shown. Batched.

/** The server hears of it at most this often. */
export const SHOWN_MS = 200;

export interface ShownFrame {
  channel: number;
  sequence: number;
}

export class ShownReport {
  #fresh = new Map<number, number>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly tell: (frames: readonly ShownFrame[]) => void) {}

  /** A frame is decoded; only the newest of a phone counts. */
  add(channel: number, sequence: number): void {
    this.#fresh.set(channel, sequence);
  }

  /** All that was added is drawn now: at once if nothing was told lately, else with what comes until then. */
  painted(): void {
    if (this.#timer === null && this.#fresh.size) this.#send();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #send(): void {
    this.tell([...this.#fresh].map(([channel, sequence]) => ({ channel, sequence })));
    this.#fresh.clear();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.painted();
    }, SHOWN_MS);
  }
}
