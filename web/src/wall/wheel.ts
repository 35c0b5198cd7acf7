// Turns of the wheel over one phone within a moment, gathered into one: each is a short swipe on the phone.
import { clamp, type Point } from "./shapes";

/** Turns within this time are one. */
export const WHEEL_MS = 150;

/** More than this at once, in hundredths of a notch, is a slip of the wheel. */
export const MOST_TURN = 2_000;

/** Right and down in hundredths of a notch; the point as fractions of the picture. */
export interface Turn {
  phone: string;
  at: Point;
  right: number;
  down: number;
}

export class Wheel {
  #turn: Turn | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly done: (turn: Turn) => void) {}

  /** What goes to another phone ends the turn before. */
  add(turn: Turn): void {
    if (this.#turn && this.#turn.phone !== turn.phone) this.#end();
    const { right, down } = this.#turn ?? { right: 0, down: 0 };
    this.#turn = { ...turn, right: within(right + turn.right), down: within(down + turn.down) };
    this.#timer ??= setTimeout(() => this.#end(), WHEEL_MS);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    [this.#timer, this.#turn] = [null, null];
  }

  #end(): void {
    const turn = this.#turn;
    this.close();
    if (!turn) return;
    const whole = { ...turn, right: Math.round(turn.right), down: Math.round(turn.down) };
    if (whole.right || whole.down) this.done(whole);
  }
}

const within = (turned: number) => clamp(turned, -MOST_TURN, MOST_TURN);
