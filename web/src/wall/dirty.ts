// What must be drawn again, gathered until the page draws its next frame. Decides nothing.

export class Dirty {
  all = true;
  readonly ids = new Set<string>();
  #frame = 0;

  constructor(private readonly paint: (now: number) => void) {}

  everything(): void {
    this.all = true;
    this.soon();
  }

  one(id: string): void {
    this.ids.add(id);
    this.soon();
  }

  soon(): void {
    this.#frame ||= requestAnimationFrame((now) => {
      this.#frame = 0;
      this.paint(now);
    });
  }

  drawn(): void {
    this.all = false;
    this.ids.clear();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
  }
}
