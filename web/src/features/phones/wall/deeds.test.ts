import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Phone } from "@/api/inventory";
import { numbered } from "../filters";
import type { Act } from "./acts";
import { Deeds } from "./deeds";
import { Holding } from "./holding";
import type { FromWall } from "./messages";

const ANDROID: Phone["abilities"] = ["clipboard_read", "clipboard_write", "files", "install", "key_back", "rotate"];
const phone = (id: string, more: Partial<Phone> = {}): Phone =>
  ({
    id,
    platform: "android",
    alive: "live",
    offline_since: null,
    attended: false,
    abilities: more.platform === "ios" ? [] : ANDROID,
    ...more,
  }) as Phone;

const NO_FILES = "apps and files go only over a cable from a computer with go-ios";

describe("doing something on phones", () => {
  let said: Extract<FromWall, { type: "do" }>[];
  let log: string[];
  let acts: readonly Act[];
  let barred: ReadonlySet<string>;
  let uploads: number;
  let spoken: string[];
  let inputs: number;
  let taking: Promise<{ epoch: number }>;
  let deeds: Deeds;
  const outcome = (id: string) => acts[0]?.outcomes.get(id);

  beforeEach(() => {
    [said, log, acts, barred, uploads, spoken, inputs] = [[], [], [], new Set(), 0, [], 0];
    taking = Promise.resolve({ epoch: 9 });
    const lab = { take: () => taking, release: async () => undefined };
    const nothing = () => undefined;
    const unheard = { changed: nothing, lost: nothing, took: nothing, came: nothing, passed: nothing };
    const holding = new Holding(lab, { ...unheard, words: String });
    for (const id of ["a", "b", "c"]) holding.heard(id, { epoch: 3n, holder: "", mine: true });
    holding.heard("d", { epoch: 4n, holder: "Zoe", mine: false });
    deeds = new Deeds(
      { input: () => ++inputs > 0, send: (one) => one.type === "do" && said.push(one) > 0 },
      holding,
      {
        upload: async () => `file ${++uploads}`,
        words: (error) => (error as Error).message,
        since: (moment) => moment,
        mayAct: ({ id }) => !barred.has(id),
      },
      {
        acts: (now) => (acts = now),
        note: () => undefined,
        log: (_, words) => log.push(words),
        say: (sentence) => spoken.push(sentence),
      },
    );
    deeds.phones = numbered([phone("a"), phone("b"), phone("c"), phone("d")]);
    deeds.channels = new Map(["a", "b", "c", "d"].map((id, index) => [id, index + 1]));
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("goes at once to all that are held, and says how many these are", () => {
    deeds.order("text", "hello", ["a", "b"]);
    expect(said.map(({ number, epoch, many, argument }) => [number, epoch, many, argument])).toEqual([
      [1, 3, 2, "hello"],
      [2, 3, 2, "hello"],
    ]);
    expect(acts[0]?.name).toBe("Type “hello”");
  });

  it("leaves out who is gone, held by others, or may only be looked at, each with its reason", () => {
    deeds.phones = numbered([phone("a", { offline_since: "14:02" }), phone("b"), phone("c"), phone("d")]);
    barred = new Set(["b"]);
    deeds.order("reboot", "", ["a", "b", "c", "d"]);
    expect(said.map(({ number }) => number)).toEqual([3]);
    expect(outcome("a")?.words).toBe("offline");
    expect(outcome("b")?.words).toBe("you may look at this phone, not act on it");
    expect(outcome("d")).toEqual({ state: "left out", words: "Zoe holds it" });
    expect(log).toContain("Phone 4: Zoe holds it");
  });

  it("does nothing on many while an attended app is in front of one", () => {
    deeds.phones = numbered([phone("a", { attended: true }), phone("b")]);
    deeds.order("text", "hello", ["a", "b"]);
    expect(said).toEqual([]);
    expect([...(acts[0]?.outcomes.values() ?? [])].map(({ state }) => state)).toEqual(["left out", "left out"]);
    expect(log).toEqual(["Phones 1 and 2: left out of “Type “hello””: attended app: select one phone"]);
    deeds.order("text", "hello", ["a"]);
    expect(said.length).toBe(1);
  });

  it("uploads a file once for all phones, and installs every kind of Android package", async () => {
    for (const name of ["shop.APK", "shop.apks", "shop.xapk", "shop.apkm"]) {
      said.length = uploads = 0;
      deeds.file(new File(["x"], name), ["a", "b"]);
      await new Promise((done) => setTimeout(done));
      expect(said.map(({ number, verb, argument }) => [number, verb, argument])).toEqual([
        [1, "install", "file 1"],
        [2, "install", "file 1"],
      ]);
    }
    deeds.file(new File(["x"], "photo.jpg"), ["c"]);
    await new Promise((done) => setTimeout(done));
    expect(said.at(-1)).toMatchObject({ number: 3, verb: "push", argument: "file 2" });
  });

  it("uploads nothing for iPhones without a cable, and says so", async () => {
    deeds.phones = numbered([phone("a"), phone("b", { platform: "ios" }), phone("c", { platform: "ios" })]);
    for (const name of ["shop.ipa", "photo.jpg"]) {
      deeds.file(new File(["x"], name), ["b"]);
      await new Promise((done) => setTimeout(done));
      expect(outcome("b")).toEqual({ state: "left out", words: `an iPhone: ${NO_FILES}` });
      expect(spoken.at(-1)).toBe(`Phone 2 is an iPhone: ${NO_FILES}`);
    }
    expect([uploads, said]).toEqual([0, []]);
    deeds.file(new File(["x"], "photo.jpg"), ["a", "b", "c"]);
    await new Promise((done) => setTimeout(done));
    expect(spoken.at(-1)).toBe(`Phones 2 and 3 are iPhones: ${NO_FILES}`);
    expect(said.map(({ number, verb, many }) => [number, verb, many])).toEqual([[1, "push", 1]]);
    deeds.file(new File(["x"], "shop.ipa"), ["a"]);
    expect(outcome("a")?.words).toBe("an Android phone takes APK files");
    expect(uploads).toBe(1);
  });

  it("gives iPhones on a cable apps and files, and no pictures", async () => {
    deeds.phones = numbered([phone("a"), phone("b", { platform: "ios", abilities: ["files", "install"] })]);
    for (const [name, verb] of [
      ["shop.ipa", "install"],
      ["list.pdf", "push"],
    ] as const) {
      deeds.file(new File(["x"], name), ["b"]);
      await new Promise((done) => setTimeout(done));
      expect(said.at(-1)).toMatchObject({ number: 2, verb });
    }
    deeds.file(new File(["x"], "shop.apk"), ["b"]);
    expect(outcome("b")?.words).toBe("an iPhone takes IPA files");
    deeds.file(new File(["x"], "photo.jpg", { type: "image/jpeg" }), ["b"]);
    expect(outcome("b")?.words).toContain("nothing goes into the photo library from here");
    expect([uploads, said.length]).toEqual([2, 2]);
  });

  it("presses no key on an iPhone that it has not, and says what does the same", () => {
    deeds.phones = numbered([phone("a"), phone("b", { platform: "ios" })]);
    deeds.key("back", "Back", ["a", "b"]);
    expect([inputs, outcome("b")?.state]).toEqual([1, "left out"]);
    expect(spoken).toEqual(["Phone 2 is an iPhone: there is no Back key; swipe in from its left edge instead"]);
    deeds.key("home", "Home", ["b"]);
    expect([inputs, outcome("b")?.state]).toEqual([2, "waiting"]);
    deeds.phones = numbered([phone("b", { platform: "ios", abilities: ["key_back"] })]);
    deeds.key("back", "Back", ["b"]); // what a phone tells counts, not what it is
    expect([inputs, outcome("b")?.state]).toEqual([3, "waiting"]);
  });

  it("asks nothing of a phone that it has told it can't", () => {
    deeds.phones = numbered([phone("a"), phone("b", { abilities: ["files"] })]);
    for (const verb of ["rotate", "read_clipboard", "set_clipboard"] as const) {
      said.length = 0;
      deeds.order(verb, "1", ["a", "b"]);
      expect(said.map(({ number }) => number)).toEqual([1]);
      expect(outcome("b")).toEqual({
        state: "left out",
        words: "not possible in the way it is connected: do it by hand",
      });
    }
  });

  it("restarts no iPhone without a cable, and says what to do instead", () => {
    deeds.phones = numbered([phone("a"), phone("b", { platform: "ios" })]);
    deeds.order("reboot", "", ["a", "b"]);
    expect(said.map(({ number }) => number)).toEqual([1]);
    expect(spoken).toEqual([expect.stringMatching(/^Phone 2 is an iPhone: only over a cable .* do it by hand$/)]);
    deeds.phones = numbered([phone("a"), phone("b", { platform: "ios", abilities: ["reboot"] })]);
    deeds.order("reboot", "", ["b"]);
    expect(said.at(-1)).toMatchObject({ number: 2, verb: "reboot" });
  });

  it("presses nothing on a phone that it got too late for what was seen", async () => {
    vi.useFakeTimers();
    let give: (lease: { epoch: number }) => void = () => undefined;
    taking = new Promise((done) => (give = done));
    deeds.phones = numbered([phone("e")]);
    deeds.channels = new Map([["e", 5]]);
    deeds.key("home", "Home", ["e"]);
    await vi.advanceTimersByTimeAsync(1_990);
    expect(outcome("e")?.state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(20);
    const late = "it took too long to take the phone; nothing was pressed: look at its screen, and do it again";
    expect(outcome("e")).toEqual({ state: "left out", words: late });
    give({ epoch: 7 });
    await vi.advanceTimersByTimeAsync(0);
    expect(inputs).toBe(0);
    deeds.key("home", "Home", ["e"]);
    expect(inputs).toBe(1);
  });

  it("presses nothing either where the page itself stood still meanwhile", async () => {
    vi.useFakeTimers();
    taking = Promise.resolve({ epoch: 7 });
    deeds.phones = numbered([phone("e")]);
    deeds.channels = new Map([["e", 5]]);
    deeds.key("home", "Home", ["e"]);
    vi.spyOn(performance, "now").mockReturnValue(performance.now() + 60_000);
    await vi.advanceTimersByTimeAsync(0);
    expect([inputs, outcome("e")?.state]).toEqual([0, "left out"]);
  });

  it("waits with what depends on no picture", async () => {
    vi.useFakeTimers();
    taking = new Promise((done) => setTimeout(() => done({ epoch: 7 }), 5_000));
    deeds.phones = numbered([phone("e")]);
    deeds.channels = new Map([["e", 5]]);
    deeds.order("launch", "com.greenroom.notes", ["e"]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said).toMatchObject([{ number: 5, epoch: 7, verb: "launch" }]);
  });
});
