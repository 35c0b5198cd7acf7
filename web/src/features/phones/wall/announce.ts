// Sentences for a live region: at most one a second, and of those that come faster the newest.

export const APART_MS = 1_000;

export class Announcer {
  #last = -Infinity;
  #next: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly speak: (sentence: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  say(sentence: string): void {
    this.#next = sentence;
    const wait = this.#last + APART_MS - this.now();
    if (wait <= 0) this.#speak();
    else this.#timer ??= setTimeout(() => this.#speak(), wait);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #speak(): void {
    this.close();
    if (this.#next === null) return;
    this.#last = this.now();
    this.speak(this.#next);
    this.#next = null;
  }
}
