// The wall in the page's hands: engine, line, leases and what goes to the phones, put together. React looks on.
import type { PastLease } from "@/api/wall";
import { capital } from "@/lib/capital";
import type { Gesture } from "@/wall/act";
import type { Aim } from "@/wall/aim";
import type { Mode, Selecting } from "@/wall/select";
import { Wall } from "@/wall/wall";
import type { Quality } from "@/wall/watch";
import type { KeyName } from "@/wall/wire";
import type { Numbered } from "../filters";
import { Announcer } from "./announce";
import { Comings } from "./comings";
import { Deeds, type DeedsOutside } from "./deeds";
import { Holding, type Lab } from "./holding";
import { type LogLine, logged } from "./log";
import { type Heard, MOST_PHONES, type Verb } from "./messages";
import { troubleOf, wallPhone } from "./phones";
import { NOTHING_YET, type Snapshot } from "./snapshot";
import { Tidings } from "./tidings";
import { type LineState, WallSocket } from "./wallSocket";

export interface Outside extends Lab, DeedsOutside {
  /** Whether this person may act on any phone, whatever is filtered. */
  canAct(): boolean;
  /** How the lease of this epoch ended; null where nobody knows. */
  past(phone: string, epoch: number): Promise<PastLease | null>;
}

const ANSWERING: readonly Verb[] = ["screenshot", "read_clipboard"];

export class Controls {
  readonly wall: Wall;
  #line: WallSocket;
  #holding: Holding;
  #deeds: Deeds;
  #announcer = new Announcer((said) => this.#set({ said }));
  #comings = new Comings(() => this.#tellComings());
  #tidings: Tidings;
  #phones: readonly Numbered[] = [];
  #channels = new Map<string, number>();
  #ids = new Map<number, string>();
  #wanted = "";
  #qualities = new Map<number, Quality>();
  /** Phones whose H.264 this browser does not decode. */
  #stills = new Set<number>();
  #second: ReturnType<typeof setInterval>;
  #watchers = new Set<() => void>();
  #now: Snapshot = NOTHING_YET;

  constructor(
    host: HTMLElement,
    private readonly outside: Outside,
  ) {
    this.#tidings = new Tidings(
      { past: (phone, epoch) => outside.past(phone, epoch), numbers: (ids) => this.numbers(ids) },
      {
        log: (tone, words) => this.#log(tone, words),
        say: (sentence) => this.#announcer.say(sentence),
        note: (phone, words) => this.wall.note(phone, { kind: "left out", words }),
      },
    );
    this.#holding = new Holding(outside, {
      changed: () => this.#heldChanged(),
      lost: (phone, epoch) => void this.#tidings.lost(phone, epoch),
      took: (phone) => this.#tidings.took(phone),
      came: (phone, before) => void this.#tidings.came(phone, before),
      passed: (phone, from, to) => this.#tidings.passed(phone, from, to),
      words: (error) => outside.words(error),
    });
    this.wall = new Wall(host, {
      label: "Phones",
      beside: 56, // the buttons to the next phone
      say: (sentence) => this.#announcer.say(sentence),
      changed: (choice) => this.#chosen(choice),
      acted: (kind, aim) => this.#acted(kind, aim),
      watch: (channel, quality) => this.#watch(channel, quality),
      ask: (channel, what) => this.#ask(channel, what),
      shown: (frames) =>
        this.#line.send({
          type: "shown",
          frames: frames.map(({ channel: number, sequence }) => ({ number, sequence })),
        }),
    });
    this.#line = new WallSocket({
      state: (state) => this.#lineIs(state),
      message: (message) => this.#hear(message),
      frame: (frame) => this.wall.receive(frame),
    });
    this.#deeds = new Deeds(this.#line, this.#holding, outside, {
      acts: (acts) => this.#set({ acts }),
      note: (phone, note) => this.wall.note(phone, note),
      log: (tone, words) => this.#log(tone, words),
      say: (sentence) => this.#announcer.say(sentence),
    });
    addEventListener("pagehide", this.#leave);
    this.#second = setInterval(() => this.#deeds.sending.tick(), 1_000);
  }

  subscribe = (tell: () => void): (() => void) => {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  };

  snapshot = (): Snapshot => this.#now;

  close(): void {
    clearInterval(this.#second);
    this.#comings.close();
    this.#tidings.close();
    this.#announcer.close();
    this.#leave();
    removeEventListener("pagehide", this.#leave);
    this.#line.close();
    this.wall.close();
  }

  #leave = () => void this.#holding.release();

  // What the page asks for

  /** The phones to show; the wall takes so many and no more. */
  setPhones(phones: readonly Numbered[]): void {
    const shown = phones.slice(0, MOST_PHONES);
    this.#letGo(shown);
    this.#phones = this.#deeds.phones = shown;
    this.#tellComings();
    this.#want();
    this.#show();
  }

  setMode(mode: Mode): void {
    this.wall.setMode(mode);
  }

  key(key: KeyName, name: string): void {
    this.#deeds.key(key, name, this.aimedAt());
  }

  /** `argument` may differ by phone. */
  order(verb: Verb, argument: string | ((phone: string) => string) = "", on = this.aimedAt()): void {
    const act = this.#deeds.order(verb, argument, on);
    if (act !== null && ANSWERING.includes(verb)) this.#set({ answers: act });
  }

  /** The phone after the large one, or before it. */
  turn(by: 1 | -1): void {
    const ids = this.#phones.map(({ phone }) => phone.id);
    const at = ids.indexOf(this.#now.single ?? "");
    const next = ids[(at + by + ids.length) % ids.length];
    if (at >= 0 && next !== undefined) this.wall.setSingle(next);
  }

  wishText(on: readonly string[] = this.aimedAt()): void {
    if (on.length) this.#set({ wish: on });
  }

  closeWish(): void {
    this.#set({ wish: null });
    this.focus();
  }

  showAnswers(act: number | null): void {
    this.#set({ answers: act });
    if (act === null) this.focus();
  }

  /** A quarter turn, or back: each phone from how it lies now. */
  rotate(): void {
    const lies = (id: string) => {
      const seen = this.wall.seen(id);
      return seen !== null && seen.width > seen.height;
    };
    this.order("rotate", (id) => (lies(id) ? "0" : "1"));
  }

  /** Files dropped on a phone go to it, or to all selected ones if it is among them. */
  files(files: readonly File[], dropped: string | null): void {
    const { selected } = this.#now;
    const on = dropped !== null && !selected.has(dropped) ? [dropped] : this.aimedAt();
    if (!on.length) return this.#announcer.say("Drop it on a phone, or select phones first");
    for (const file of files) this.#deeds.file(file, on);
  }

  take(phones: readonly string[]): void {
    for (const phone of phones) {
      void Promise.resolve(this.#holding.grip(phone)).then((grip) => {
        if ("why" in grip) this.wall.note(phone, { kind: "left out", words: grip.why });
      });
    }
  }

  /** All that this person holds of these phones, whichever page took them. */
  release(): void {
    const { held } = this.#now;
    const given = this.#phones.map(({ phone }) => phone.id).filter((id) => held.get(id)?.mine);
    this.#tidings.gave(given);
    void this.#holding.release(given);
  }

  /** Of its holder: when it comes it is this page's. */
  asked = (phone: string): void => this.#holding.asked(phone);

  /** Broken in: the lease came with the answer. */
  came(phone: string, epoch: number): void {
    this.#holding.came(phone, epoch);
  }

  /** To the wall, once the dialog that closes has let go of the focus. */
  focus(): void {
    setTimeout(() => this.wall.focus());
  }

  retry(): void {
    this.#line.retry();
  }

  numbers(ids: readonly string[]): readonly number[] {
    return this.#phones.filter(({ phone }) => ids.includes(phone.id)).map(({ number }) => number);
  }

  // Acting

  /** Those that buttons and keys go to: the selected ones, but the large one where it is none of them. */
  aimedAt(): readonly string[] {
    const { selected, single, mode, current } = this.#now;
    if (single !== null && !selected.has(single)) return [single];
    if (selected.size) return this.#phones.map(({ phone }) => phone.id).filter((id) => selected.has(id));
    return mode === "act" && current !== null ? [current] : [];
  }

  #acted(kind: Gesture["kind"], aim: Aim): void {
    if (kind !== "text") this.#deeds.gesture(kind, aim);
    else if (aim.aimed.length) this.#set({ wish: aim.aimed.map((one) => one.phone) });
  }

  // Leases

  #chosen({ mode, selected, single, current }: Selecting): void {
    const before = this.#now;
    if (mode === "act" && !this.outside.canAct()) {
      this.wall.setMode("select");
      return this.#announcer.say("You may look at these phones, not act on them");
    }
    this.#set({ mode, selected, single, current });
    if (mode === "act") {
      const fresh = [...selected].filter((id) => before.mode !== "act" || !before.selected.has(id));
      const free = this.#phones.filter(({ phone }) => fresh.includes(phone.id) && this.outside.mayAct(phone));
      this.take(free.filter(({ phone }) => phone.offline_since === null).map(({ phone }) => phone.id));
    } else if (before.mode === "act") {
      this.#tidings.gave(this.#holding.mine, "you no longer act on phones");
      void this.#holding.release();
    }
  }

  /** What is no longer shown is nobody's to act on: it is given back, and said so. */
  #letGo(shown: readonly Numbered[]): void {
    const hidden = this.#holding.mine.filter((id) => !shown.some(({ phone }) => phone.id === id));
    if (!hidden.length) return;
    this.#tidings.gave(hidden, "no longer shown on the wall");
    void this.#holding.release(hidden);
  }

  #heldChanged(): void {
    this.#set({ held: this.#holding.held });
    this.#show();
  }

  // The line

  #lineIs(line: LineState): void {
    const before = this.#now.line;
    this.#set({ line });
    if (line.kind === "open") {
      if (before.kind === "lost") {
        this.#log("go", "Connected again");
        this.#comings.mended();
      }
      this.#wanted = "";
      this.#want();
      return;
    }
    this.#deeds.sending.cutOff();
    if (line.kind === "lost") this.#comings.broke();
    if (before.kind === "open")
      this.#log("broken", "The connection to Greenroom broke; pictures stand still until it is back");
    this.#channels = this.#deeds.channels = new Map();
    this.#ids.clear();
    for (const { phone } of this.#phones) this.wall.silent(phone.id);
    this.#show();
  }

  #hear(message: Heard): void {
    switch (message.type) {
      case "tiles":
        return this.#numbered(message.tiles);
      case "fresh":
        return this.wall.alive(message.numbers.flatMap((number) => this.#ids.get(number) ?? []));
      case "held": {
        const phone = this.#ids.get(message.number);
        const { epoch, holder, mine } = message;
        return phone === undefined ? undefined : this.#holding.heard(phone, { epoch: BigInt(epoch), holder, mine });
      }
      case "done":
        return this.#deeds.sending.done(message);
      case "progress":
        return this.#deeds.sending.progress(message);
      case "input_done":
        return this.#deeds.sending.inputDone(message);
      case "input_refused": {
        const phone = this.#ids.get(message.number) ?? "";
        return this.#deeds.sending.inputRefused(message, this.#holding.held.get(phone)?.holder ?? "");
      }
    }
  }

  #numbered(tiles: readonly { number: number; phone: string }[]): void {
    const anew = this.#channels.size === 0;
    this.#channels = this.#deeds.channels = new Map(tiles.map(({ number, phone }) => [phone, number]));
    this.#ids = new Map(tiles.map(({ number, phone }) => [number, phone]));
    if (anew) {
      this.#stills.clear();
      this.#qualities.clear();
    }
    this.#show();
    if (anew) this.wall.reconnected();
  }

  #want(): void {
    const ids = this.#phones.map(({ phone }) => phone.id);
    const asked = ids.join();
    if (asked === this.#wanted || !this.#line?.open) return;
    if (this.#line.send({ type: "want", phones: ids })) this.#wanted = asked;
  }

  #watch(number: number, quality: Quality): void {
    this.#qualities.set(number, quality);
    const stills = this.#stills.has(number) || !("VideoDecoder" in globalThis);
    this.#line.send({ type: "watch", number, quality, stills });
  }

  #ask(number: number, what: "refresh" | "jpeg"): void {
    if (what === "refresh") return void this.#line.send({ type: "refresh", number });
    if (this.#stills.has(number)) return;
    this.#stills.add(number);
    this.#watch(number, this.#qualities.get(number) ?? "thumbnail");
  }

  // What is shown

  #show(): void {
    const { held } = this.#now;
    this.wall?.setPhones(
      this.#phones.map((one) =>
        wallPhone(one, this.#channels.get(one.phone.id) ?? null, held.get(one.phone.id), this.outside.since),
      ),
    );
  }

  #tellComings(): void {
    const isThere = ({ phone }: Numbered) => troubleOf(phone, this.outside.since) === null;
    for (const { tone, words } of this.#comings.look(this.#phones, isThere)) {
      this.#log(tone, words);
      this.#announcer.say(words);
    }
  }

  #log(tone: LogLine["tone"], words: string): void {
    this.#set({ log: logged(this.#now.log, { at: Date.now(), tone, words: capital(words) }) });
  }

  #set(changes: Partial<Snapshot>): void {
    this.#now = { ...this.#now, ...changes };
    for (const tell of this.#watchers) tell();
  }
}
