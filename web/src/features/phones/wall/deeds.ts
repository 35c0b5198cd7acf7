// What is done on phones: who it goes to and who is left out, with whose lease, and what came of it on each.
import type { Phone } from "@/api/inventory";
import { capital } from "@/lib/capital";
import type { Gesture } from "@/wall/act";
import type { Aim } from "@/wall/aim";
import type { Note } from "@/wall/paint";
import type { KeyName } from "@/wall/wire";
import { LEFT } from "@/wall/words";
import type { Numbered } from "../filters";
import { type Ability, NEEDED, NOT_SO_CONNECTED } from "./able";
import { type Act, begun, isOpen, type Outcome, settled } from "./acts";
import type { Grip, Holding } from "./holding";
import { PHONE_KEYS } from "./keys";
import type { LogLine } from "./log";
import type { Verb } from "./messages";
import { troubleOf } from "./phones";
import { NO_RESTART, restarts } from "./restart";
import { type Line, type Part, Sending } from "./sending";
import { type Deed, deedName, iPhonesWords, NOT_SENT, phonesWords, quoted, tooLateWords } from "./words";

export interface DeedsOutside {
  /** Uploads a file once; gives its id. */
  upload(file: File, progress: (percent: number) => void): Promise<string>;
  words(error: unknown): string;
  since(moment: string): string;
  /** Whether this person may act on the phone. */
  mayAct(phone: Phone): boolean;
}

interface DeedsEvents {
  acts(acts: readonly Act[]): void;
  note(phone: string, note: Note): void;
  log(tone: LogLine["tone"], words: string): void;
  say(sentence: string): void;
}

/** What an act does on each phone once its lease is there. */
type Send = (part: Part) => void | Promise<void>;

const LOOK_ONLY = "you may look at this phone, not act on it";
const ANDROID_PACKAGE = /\.(apk|apks|xapk|apkm)$/i;
const NO_FILES = "apps and files go only over a cable from a computer with go-ios";
const NO_PICTURES = "nothing goes into the photo library from here; save it on the iPhone itself";

/** These are meant for what their person saw, so they do not wait for long. */
const AIMED: ReadonlySet<Deed> = new Set(["tap", "long tap", "swipe", "scroll", "key"]);
/** How long such a one may wait for its phone to be taken, in milliseconds. */
const PATIENCE = 2_000;

export class Deeds {
  readonly sending: Sending;
  phones: readonly Numbered[] = [];
  /** Their numbers on the socket. */
  channels: ReadonlyMap<string, number> = new Map();
  #acts: readonly Act[] = [];
  #last = 0;

  constructor(
    line: Line,
    private readonly holding: Holding,
    private readonly outside: DeedsOutside,
    private readonly events: DeedsEvents,
  ) {
    this.sending = new Sending(line, (part, outcome) => this.#settle(part, outcome));
  }

  name(id: string): string {
    const one = this.phones.find(({ phone }) => phone.id === id);
    return one ? `Phone ${one.number}` : "A phone";
  }

  #names(ids: readonly string[]): string {
    const numbers = this.phones.filter(({ phone }) => ids.includes(phone.id)).map(({ number }) => number);
    return numbers.length ? capital(phonesWords(numbers)) : "A phone";
  }

  /** What the engine made of a press; it has decided who is left out. */
  gesture(kind: Exclude<Gesture["kind"], "text">, { aimed, left }: Aim): void {
    const by = new Map(aimed.map((one) => [one.phone, one]));
    const out = new Map(left.map(({ phone, why }) => [phone, LEFT[why]]));
    this.#do(kind, deedName(kind), [...by.keys()], out, (part) => {
      const one = by.get(part.phone);
      if (one) this.sending.gesture(part, one);
    });
  }

  key(key: KeyName, name: string, on: readonly string[]): void {
    const some = PHONE_KEYS.find((one) => one.key === key)?.some;
    const out = some && this.#unable(on, some.needs, `there is no ${name} key; ${some.instead} instead`);
    this.#begin("key", name, on, (part) => this.sending.key(part, key, false), out);
  }

  /** `argument` may differ by phone. Gives the act's number. */
  order(verb: Verb, argument: string | ((phone: string) => string), on: readonly string[]): number | null {
    const of = typeof argument === "string" ? () => argument : argument;
    const name = typeof argument === "string" && argument ? quoted(verb, argument) : deedName(verb);
    const needed = NEEDED[verb];
    const out =
      verb === "reboot"
        ? this.#iPhones(on, (phone) => !restarts(phone), NO_RESTART)
        : needed && this.#unable(on, needed, NOT_SO_CONNECTED);
    return this.#begin(verb, name, on, (part) => this.sending.order(part, verb, of(part.phone)), out);
  }

  /** Packages are installed, everything else is put on the phones; nothing is uploaded for nobody. */
  file(file: File, on: readonly string[]): void {
    const isForIPhones = /\.ipa$/i.test(file.name);
    const isForAndroid = ANDROID_PACKAGE.test(file.name);
    const verb = isForIPhones || isForAndroid ? "install" : "push";
    const isPicture = /^(image|video)\//.test(file.type);
    const out = isPicture
      ? this.#iPhones(on, () => true, NO_PICTURES)
      : this.#iPhones(on, lacks(verb === "install" ? "install" : "files"), NO_FILES);
    for (const { phone } of this.phones) {
      if (!on.includes(phone.id)) continue;
      if (isForIPhones && phone.platform === "android") out.set(phone.id, "an Android phone takes APK files");
      if (isForAndroid && phone.platform === "ios" && !out.has(phone.id))
        out.set(phone.id, "an iPhone takes IPA files");
    }
    let upload: Promise<string> | null = null;
    const send: Send = async (part) => {
      // One upload for all phones.
      upload ??= this.outside.upload(file, (percent) => this.#uploading(part.act, percent));
      try {
        this.sending.order(part, verb, await upload);
      } catch (error) {
        this.#settle(part, { state: "failed", words: this.outside.words(error) });
      }
    };
    this.#begin(verb, quoted(verb, file.name), on, send, out);
  }

  /** Those that have told that they can't, which are left out; `why` for iPhones. */
  #unable(on: readonly string[], needed: Ability, why: string): Map<string, string> {
    const out = this.#iPhones(on, lacks(needed), why);
    for (const { phone } of this.phones)
      if (on.includes(phone.id) && !out.has(phone.id) && lacks(needed)(phone)) out.set(phone.id, NOT_SO_CONNECTED);
    return out;
  }

  /** Such iPhones among them, which are left out, and told of in a sentence. */
  #iPhones(on: readonly string[], such: (phone: Phone) => boolean, why: string): Map<string, string> {
    const those = this.phones.filter(({ phone }) => phone.platform === "ios" && on.includes(phone.id) && such(phone));
    if (those.length) {
      const numbers = those.map(({ number }) => number);
      this.events.say(iPhonesWords(numbers, why));
    }
    return new Map(those.map(({ phone }) => [phone.id, `an iPhone: ${why}`]));
  }

  /** For what has no place on the glass: who is left out is decided here. */
  #begin(deed: Deed, name: string, on: readonly string[], send: Send, also = new Map<string, string>()): number | null {
    if (!on.length) {
      this.events.say("Select phones first");
      return null;
    }
    const phones = this.phones.filter(({ phone }) => on.includes(phone.id)).map(({ phone }) => phone);
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
    const may = (id: string) => this.phones.some(({ phone }) => phone.id === id && this.outside.mayAct(phone));
    const out = new Map([...left, ...on.filter((id) => !may(id)).map((id) => [id, LOOK_ONLY] as const)]);
    const go = on.filter((id) => !out.has(id));
    const outcomes = new Map<string, Outcome>([
      ...[...out].map(([id, words]) => [id, { state: "left out", words }] as const),
      ...go.map((id) => [id, { state: "waiting", words: "" }] as const),
    ]);
    const act: Act = { id: ++this.#last, at: Date.now(), name, outcomes };
    this.#keep(begun(this.#acts, act));
    for (const [id, words] of out) this.events.note(id, { kind: "left out", words });
    for (const words of new Set(out.values())) {
      const ids = [...out].filter(([, why]) => why === words).map(([id]) => id);
      this.events.log("wait", `${this.#names(ids)}: left out of “${name}”: ${words}`);
    }
    for (const phone of go) {
      const pass = (grip: Grip) => this.#pass({ act: act.id, phone, deed, many: go.length }, grip, send);
      const grip = this.holding.grip(phone);
      // Without a turn of the loop where the lease is there: a tap is felt.
      if (grip instanceof Promise) void (AIMED.has(deed) ? inTime(grip, deed) : grip).then(pass);
      else pass(grip);
    }
    return act.id;
  }

  #pass(part: Omit<Part, "channel" | "epoch">, grip: Grip, send: Send): void {
    const channel = this.channels.get(part.phone);
    const whole = { ...part, channel: channel ?? 0, epoch: "epoch" in grip ? grip.epoch : 0n };
    if ("why" in grip) this.#settle(whole, { state: "left out", words: grip.why });
    else if (channel === undefined) this.#settle(whole, { state: "failed", words: NOT_SENT });
    else void send(whole);
  }

  #settle({ act: id, phone, deed }: Part, outcome: Outcome): void {
    const before = this.#acts.find((one) => one.id === id)?.outcomes.get(phone);
    if (!before || !isOpen(before)) return;
    this.#keep(settled(this.#acts, id, phone, outcome));
    const { state, words } = outcome;
    if (state === "waiting") return;
    const kind = state === "unknown" ? "failed" : state;
    this.events.note(phone, { kind, words: state === "running" ? `${deedName(deed)}: ${words}` : words });
    if (state === "done" || state === "running") return;
    this.events.log(state === "left out" ? "wait" : "broken", `${this.name(phone)}: ${words}`);
    this.events.say(`${this.name(phone)}: ${words}`);
  }

  #uploading(id: number, percent: number): void {
    const act = this.#acts.find((one) => one.id === id);
    const words = `uploading ${percent} %`;
    for (const [phone, outcome] of act?.outcomes ?? []) {
      if (!isOpen(outcome)) continue;
      this.#keep(settled(this.#acts, id, phone, { state: "running", words, percent }));
      this.events.note(phone, { kind: "running", words });
    }
  }

  #keep(acts: readonly Act[]): void {
    this.#acts = acts;
    this.events.acts(acts);
  }
}

const lacks = (ability: Ability) => (phone: Phone) => !phone.abilities.includes(ability);

/** The grip, or that it came too late; by the clock too, as a page that stands still hears its timers late. */
function inTime(grip: Promise<Grip>, deed: Deed): Promise<Grip> {
  const late: Grip = { why: tooLateWords(deed) };
  const began = performance.now();
  const over = new Promise<Grip>((done) => setTimeout(() => done(late), PATIENCE));
  return Promise.race([grip.then((one) => (performance.now() - began > PATIENCE ? late : one)), over]);
}
