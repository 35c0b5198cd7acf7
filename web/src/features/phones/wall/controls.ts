// The wall in the page's hands: engine, line, leases and what goes to the phones, put together. React looks on.
import type { Aim } from "@/wall/aim";
import type { Gesture } from "@/wall/act";
import type { Mode, Selecting } from "@/wall/select";
import { Wall } from "@/wall/wall";
import { LEFT, plain } from "@/wall/words";
import type { KEYS } from "@/wall/wire";
import { type Act, begun, isOpen, type Outcome, settled } from "./acts";
import { Announcer } from "./announce";
import type { Numbered } from "./filters";
import { type Grip, Holding, type Lab } from "./holding";
import { type LogLine, logged } from "./log";
import { type Heard, MOST_PHONES, type Verb } from "./messages";
import { type Held, type LabPhone, troubleOf, wallPhone } from "./phones";
import { type Part, Sending } from "./sending";
import { type LineState, WallSocket } from "./wallSocket";
import { capital, type Deed, deedName, phonesWords, quoted } from "./words";

export type Quality = "off" | "thumbnail" | "focus";

export interface Snapshot {
  line: LineState;
  mode: Mode;
  selected: ReadonlySet<string>;
  single: string | null;
  current: string | null;
  held: ReadonlyMap<string, Held>;
  acts: readonly Act[];
  log: readonly LogLine[];
  /** Phones that a text is wanted for. */
  wish: readonly string[] | null;
  /** The act whose answers are shown: screenshots, clipboards. */
  answers: number | null;
  said: string;
}

export const NOTHING_YET: Snapshot = {
  line: { kind: "connecting" },
  mode: "select",
  selected: new Set(),
  single: null,
  current: null,
  held: new Map(),
  acts: [],
  log: [],
  wish: null,
  answers: null,
  said: "",
};

export interface Outside extends Lab {
  /** Why a lease of this page ended, in words; null where nobody knows. */
  ending(phone: string, epoch: number): Promise<string | null>;
  /** Uploads a file once; gives its id. */
  upload(file: File, progress: (percent: number) => void): Promise<string>;
  words(error: unknown): string;
  since(moment: string): string;
  /** Whether this person may act on the phone. */
  mayAct(phone: LabPhone): boolean;
}

/** What an act does on each phone once its lease is there. */
type Send = (part: Part) => void | Promise<void>;

const LOOK_ONLY = "you may look at this phone, not act on it";
const ANSWERING: readonly Verb[] = ["screenshot", "read_clipboard"];
const PACKAGES: Record<LabPhone["platform"], RegExp> = { android: /\.(apk|apks|xapk)$/i, ios: /\.ipa$/i };

export class Controls {
  readonly wall: Wall;
  #line: WallSocket;
  #holding: Holding;
  #sending: Sending;
  #announcer = new Announcer((said) => this.#set({ said }));
  #phones: readonly Numbered[] = [];
  #channels = new Map<string, number>();
  #ids = new Map<number, string>();
  #wanted = "";
  #qualities = new Map<number, Quality>();
  /** Phones whose H.264 this browser does not decode. */
  #stills = new Set<number>();
  #lastAct = 0;
  #second: ReturnType<typeof setInterval>;
  #watchers = new Set<() => void>();
  #now: Snapshot = NOTHING_YET;

  constructor(
    host: HTMLElement,
    private readonly outside: Outside,
  ) {
    this.#holding = new Holding(outside, {
      changed: () => this.#heldChanged(),
      lost: (phone, epoch) => void this.#lost(phone, epoch),
      words: (error) => outside.words(error),
    });
    this.wall = new Wall(host, {
      label: "Phones",
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
    this.#sending = new Sending(this.#line, (part, outcome) => this.#settle(part, outcome));
    this.#second = setInterval(() => this.#sending.tick(), 1_000);
  }

  subscribe = (tell: () => void): (() => void) => {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  };

  snapshot = (): Snapshot => this.#now;

  close(): void {
    clearInterval(this.#second);
    this.#announcer.close();
    void this.#holding.release();
    this.#line.close();
    this.wall.close();
  }

  // What the page asks for

  /** The phones to show; the wall takes so many and no more. */
  setPhones(phones: readonly Numbered[]): void {
    const shown = phones.slice(0, MOST_PHONES);
    this.#comings(shown);
    this.#phones = shown;
    const there = new Set(shown.map(({ phone }) => phone.id));
    const hidden = this.#holding.mine.filter((id) => !there.has(id));
    if (hidden.length) void this.#holding.release(hidden);
    this.#want();
    this.#show();
  }

  setMode(mode: Mode): void {
    this.wall.setMode(mode);
  }

  key(key: keyof typeof KEYS, name: string, long = false): void {
    this.#begin("key", name, this.aimedAt(), (part) => this.#sending.key(part, key, long));
  }

  /** `argument` may differ by phone. */
  order(verb: Verb, argument: string | ((phone: string) => string) = "", on: readonly string[] = this.aimedAt()): void {
    const of = typeof argument === "string" ? () => argument : argument;
    const name = typeof argument === "string" && argument ? quoted(verb, argument) : deedName(verb);
    const act = this.#begin(verb, name, on, (part) => this.#sending.order(part, verb, of(part.phone)));
    if (act !== null && ANSWERING.includes(verb)) this.#set({ answers: act });
  }

  wishText(on: readonly string[] = this.aimedAt()): void {
    if (on.length) this.#set({ wish: on });
  }

  closeWish(): void {
    this.#set({ wish: null });
    this.wall.focus();
  }

  showAnswers(act: number | null): void {
    this.#set({ answers: act });
    if (act === null) this.wall.focus();
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
    for (const file of files) this.#file(file, on);
  }

  take(phones: readonly string[]): void {
    for (const phone of phones) {
      void Promise.resolve(this.#holding.grip(phone)).then((grip) => {
        if ("why" in grip) this.wall.note(phone, { kind: "left out", words: grip.why });
      });
    }
  }

  release(phones?: readonly string[]): void {
    const given = phones ?? this.#holding.mine;
    if (given.length) this.#log("calm", `You gave back ${phonesWords(this.numbers(given))}`);
    void this.#holding.release(phones);
  }

  /** Broken in: the lease came with the answer. */
  came(phone: string, epoch: number): void {
    this.#holding.came(phone, epoch);
    this.#log("wait", `You took phone ${this.numbers([phone]).join("")} over`);
  }

  retry(): void {
    this.#line.retry();
  }

  numbers(ids: readonly string[]): readonly number[] {
    return this.#phones.filter(({ phone }) => ids.includes(phone.id)).map(({ number }) => number);
  }

  // Acting

  /** Those that buttons and keys go to: the selected ones, else the large one. */
  aimedAt(): readonly string[] {
    const { selected, single, mode, current } = this.#now;
    if (selected.size) return this.#phones.map(({ phone }) => phone.id).filter((id) => selected.has(id));
    const one = single ?? (mode === "act" ? current : null);
    return one === null ? [] : [one];
  }

  #acted(kind: Gesture["kind"], { aimed, left }: Aim): void {
    if (kind === "text") return void (aimed.length && this.#set({ wish: aimed.map((one) => one.phone) }));
    const by = new Map(aimed.map((one) => [one.phone, one]));
    const out = new Map(left.map(({ phone, why }) => [phone, LEFT[why]]));
    const deed: Deed = kind;
    const send: Send = (part) => {
      const one = by.get(part.phone);
      if (one) this.#sending.gesture(part, one);
    };
    this.#do(deed, deedName(deed), [...by.keys()], out, send);
  }

  /** For what has no place on the glass: who is left out is decided here. Gives the act's number. */
  #begin(deed: Deed, name: string, on: readonly string[], send: Send, also = new Map<string, string>()): number | null {
    if (!on.length) {
      this.#announcer.say("Select phones first");
      return null;
    }
    const phones = this.#phones.filter(({ phone }) => on.includes(phone.id)).map(({ phone }) => phone);
    const attended = phones.length > 1 && phones.some((phone) => phone.attended);
    const out = new Map(also);
    for (const phone of phones) {
      if (attended) out.set(phone.id, LEFT.attended);
      else if (troubleOf(phone, this.outside.since) !== null) out.set(phone.id, LEFT.offline);
    }
    const meant = phones.map(({ id }) => id).filter((id) => !out.has(id));
    return this.#do(deed, name, meant, out, send);
  }

  #do(deed: Deed, name: string, on: readonly string[], left: ReadonlyMap<string, string>, send: Send): number {
    const may = (id: string) => this.#phones.some(({ phone }) => phone.id === id && this.outside.mayAct(phone));
    const barred = on.filter((id) => !may(id));
    const out = new Map([...left, ...barred.map((id) => [id, LOOK_ONLY] as const)]);
    const go = on.filter((id) => !out.has(id));
    const outcomes = new Map<string, Outcome>([
      ...[...out].map(([id, words]) => [id, { state: "left out", words }] as const),
      ...go.map((id) => [id, { state: "waiting", words: "" }] as const),
    ]);
    const act: Act = { id: ++this.#lastAct, at: Date.now(), name, outcomes };
    this.#set({ acts: begun(this.#now.acts, act) });
    for (const [id, words] of out) {
      this.wall.note(id, { kind: "left out", words });
      this.#log("wait", `${this.#name(id)}: left out of “${name}”: ${words}`);
    }
    for (const phone of go) {
      const pass = (grip: Grip) => this.#pass({ act: act.id, phone, deed, many: go.length }, grip, send);
      const grip = this.#holding.grip(phone);
      // Without a turn of the loop where the lease is there: a tap is felt.
      if (grip instanceof Promise) void grip.then(pass);
      else pass(grip);
    }
    return act.id;
  }

  #pass(part: Omit<Part, "channel" | "epoch">, grip: Grip, send: Send): void {
    const channel = this.#channels.get(part.phone);
    const whole = { ...part, channel: channel ?? 0, epoch: "epoch" in grip ? grip.epoch : 0n };
    if ("why" in grip) this.#settle(whole, { state: "left out", words: grip.why });
    else if (channel === undefined) this.#settle(whole, { state: "failed", words: "not connected; nothing was sent" });
    else void send(whole);
  }

  #settle({ act: id, phone, deed }: Part, outcome: Outcome): void {
    const act = this.#now.acts.find((one) => one.id === id);
    const before = act?.outcomes.get(phone);
    if (!act || !before || !isOpen(before)) return;
    this.#set({ acts: settled(this.#now.acts, id, phone, outcome) });
    const { state, words } = outcome;
    if (state === "waiting") return;
    const kind = state === "unknown" ? "failed" : state;
    this.wall.note(phone, { kind, words: state === "running" ? `${deedName(deed)}: ${words}` : words });
    if (state === "done" || state === "running") return;
    this.#log(state === "left out" ? "wait" : "broken", `${this.#name(phone)}: ${words}`);
    this.#announcer.say(`${this.#name(phone)}: ${words}`);
  }

  #file(file: File, on: readonly string[]): void {
    const isPackage = Object.values(PACKAGES).some((one) => one.test(file.name));
    const verb = isPackage ? "install" : "push";
    const out = new Map<string, string>();
    for (const { phone } of this.#phones) {
      if (!isPackage || !on.includes(phone.id) || PACKAGES[phone.platform].test(file.name)) continue;
      out.set(phone.id, phone.platform === "ios" ? "an iPhone takes IPA files" : "an Android phone takes APK files");
    }
    let upload: Promise<string> | null = null;
    const send: Send = async (part) => {
      // One upload for all phones.
      upload ??= this.outside.upload(file, (percent) => this.#uploading(part.act, percent));
      try {
        this.#sending.order(part, verb, await upload);
      } catch (error) {
        this.#settle(part, { state: "failed", words: this.outside.words(error) });
      }
    };
    this.#begin(verb, quoted(verb, file.name), on, send, out);
  }

  #uploading(id: number, percent: number): void {
    const act = this.#now.acts.find((one) => one.id === id);
    for (const [phone, outcome] of act?.outcomes ?? []) {
      if (!isOpen(outcome)) continue;
      const words = `uploading ${percent} %`;
      this.#set({ acts: settled(this.#now.acts, id, phone, { state: "running", words, percent: percent / 2 }) });
      this.wall.note(phone, { kind: "running", words });
    }
  }

  // Leases

  #chosen({ mode, selected, single, current }: Selecting): void {
    const before = this.#now;
    const canAct = this.#phones.some(({ phone }) => this.outside.mayAct(phone));
    if (mode === "act" && !canAct) {
      this.wall.setMode("select");
      return this.#announcer.say("You may look at these phones, not act on them");
    }
    this.#set({ mode, selected, single, current });
    if (mode === "act") {
      const fresh = [...selected].filter((id) => before.mode !== "act" || !before.selected.has(id));
      const free = this.#phones.filter(({ phone }) => fresh.includes(phone.id) && this.outside.mayAct(phone));
      this.take(free.filter(({ phone }) => phone.offline_since === null).map(({ phone }) => phone.id));
    } else if (before.mode === "act") void this.#holding.release();
  }

  #heldChanged(): void {
    this.#set({ held: this.#holding.held });
    this.#show();
  }

  async #lost(phone: string, epoch: bigint): Promise<void> {
    const words = await this.outside.ending(phone, Number(epoch)).catch(() => null);
    const told = `${this.#name(phone)}: ${words ?? "you no longer hold this phone"}`;
    this.wall.note(phone, { kind: "left out", words: words ?? "you no longer hold it" });
    this.#log("wait", told);
    this.#announcer.say(told);
  }

  // The line

  #lineIs(line: LineState): void {
    const before = this.#now.line;
    this.#set({ line });
    if (line.kind === "open") {
      if (before.kind === "lost") this.#log("go", "Connected again");
      this.#wanted = "";
      this.#want();
      return;
    }
    this.#sending.cutOff();
    if (before.kind === "open")
      this.#log("broken", "The connection to Greenroom broke; pictures stand still until it is back");
    this.#channels.clear();
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
        return this.#sending.done(message);
      case "progress":
        return this.#sending.progress(message);
      case "input_done":
        return this.#sending.inputDone(message);
      case "input_refused": {
        const phone = this.#ids.get(message.number) ?? "";
        return this.#sending.inputRefused(message, this.#holding.held.get(phone)?.holder ?? "");
      }
    }
  }

  #numbered(tiles: readonly { number: number; phone: string }[]): void {
    const anew = this.#channels.size === 0;
    this.#channels = new Map(tiles.map(({ number, phone }) => [phone, number]));
    this.#ids = new Map(tiles.map(({ number, phone }) => [number, phone]));
    if (anew) this.#stills.clear();
    if (anew) this.#qualities.clear();
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

  /** Phones that went and came back since the list before. */
  #comings(now: readonly Numbered[]): void {
    const before = new Map(this.#phones.map(({ phone }) => [phone.id, phone]));
    for (const { number, phone } of now) {
      const known = before.get(phone.id);
      if (!known) continue;
      const [was, is] = [known, phone].map((one) => troubleOf(one, this.outside.since) !== null);
      if (was === is) continue;
      const name = `Phone ${number}, ${plain(phone.name)}`;
      if (is) this.#log("broken", `${name}, went: ${plain(phone.because || "it is not there any more")}`);
      else this.#log("go", `${name}, is back`);
      this.#announcer.say(`${name}, ${is ? "went" : "is back"}`);
    }
  }

  #name(id: string): string {
    const one = this.#phones.find(({ phone }) => phone.id === id);
    return one ? `Phone ${one.number}` : "A phone";
  }

  #log(tone: LogLine["tone"], words: string): void {
    this.#set({ log: logged(this.#now.log, { at: Date.now(), tone, words: capital(words) }) });
  }

  #set(changes: Partial<Snapshot>): void {
    this.#now = { ...this.#now, ...changes };
    for (const tell of this.#watchers) tell();
  }
}
