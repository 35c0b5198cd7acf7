// The phones of the wall, each with its player: what is known of them, without where they stand or who is selected.
import type { Target } from "./aim";
import { type Glass, sameShape } from "./glass";
import type { Shape, Tile } from "./layout";
import type { WallPhone } from "./phone";
import { Player } from "./player";
import { readVideo } from "./wire";

interface CrowdEvents {
  /** A phone has a new picture. */
  pictured(id: string): void;
  ask(channel: number, what: "refresh" | "jpeg"): void;
}

export class Crowd {
  phones: readonly WallPhone[] = [];
  #players = new Map<string, Player>();

  constructor(
    private readonly events: CrowdEvents,
    private readonly staleAfter: number | undefined,
  ) {}

  set(phones: readonly WallPhone[]): void {
    this.phones = phones;
    const ids = new Set(phones.map((phone) => phone.id));
    for (const [id, player] of this.#players) {
      if (ids.has(id)) continue;
      player.close();
      this.#players.delete(id);
    }
    for (const { id } of phones) if (!this.#players.has(id)) this.#players.set(id, this.#newPlayer(id));
  }

  /** A binary message; what is wrong with it, if it is no frame. Frames of unknown phones are left alone. */
  receive(message: ArrayBuffer): string | null {
    const video = readVideo(message);
    if (typeof video === "string") return video;
    const phone = this.phones.find((one) => one.channel === video.phone);
    if (phone) this.#players.get(phone.id)?.take(video);
    return null;
  }

  /** Frees all decoders; pictures stay. */
  rest(): void {
    for (const player of this.#players.values()) player.rest();
  }

  phone(id: string): WallPhone | undefined {
    return this.phones.find((one) => one.id === id);
  }

  player(id: string): Player | undefined {
    return this.#players.get(id);
  }

  channel(id: string): number | null {
    return this.phone(id)?.channel ?? null;
  }

  /** The shapes to lay out. A picture that is the screen but for an encoder's rounding counts as the screen. */
  shapes(): Shape[] {
    return this.phones.map(({ id, reference }) => {
      const { width, height } = this.#players.get(id)?.picture ?? reference;
      const [short, long] = [reference.width, reference.height].sort((a, b) => a - b) as [number, number];
      const screen = width > height ? { width: long, height: short } : { width: short, height: long };
      return { id, ...(sameShape(screen, { width, height }) ? screen : { width, height }) };
    });
  }

  seen(id: string): Pick<Target, "seen" | "stale"> {
    const player = this.#players.get(id);
    const picture = player?.picture;
    const seen = picture ? { width: picture.width, height: picture.height, sequence: picture.sequence } : null;
    return { seen, stale: player?.stale(this.staleAfter) ?? false };
  }

  glass(tile: Tile): Glass {
    const phone = this.phone(tile.id);
    const { seen, stale } = this.seen(tile.id);
    return { id: tile.id, tile, reference: phone?.reference ?? tile, seen, stale: stale || Boolean(phone?.trouble) };
  }

  targets(): Target[] {
    return this.phones.map(({ id, trouble, attended }) => ({
      id,
      attended,
      offline: trouble !== null,
      ...this.seen(id),
    }));
  }

  close(): void {
    for (const player of this.#players.values()) player.close();
    this.#players.clear();
  }

  #newPlayer(id: string): Player {
    return new Player({
      picture: () => this.events.pictured(id),
      ask: (what) => {
        const channel = this.channel(id);
        if (channel !== null) this.events.ask(channel, what);
      },
    });
  }
}
