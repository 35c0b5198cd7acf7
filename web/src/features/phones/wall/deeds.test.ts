import { beforeEach, describe, expect, it } from "vitest";
import type { Act } from "./acts";
import { Deeds } from "./deeds";
import { numbered } from "./filters";
import { Holding } from "./holding";
import type { FromWall } from "./messages";
import type { LabPhone } from "./phones";

const phone = (id: string, more: Partial<LabPhone> = {}): LabPhone =>
  ({ id, platform: "android", alive: "live", offline_since: null, attended: false, ...more }) as LabPhone;

describe("doing something on phones", () => {
  let said: Extract<FromWall, { type: "do" }>[];
  let log: string[];
  let acts: readonly Act[];
  let barred: ReadonlySet<string>;
  let uploads: number;
  let deeds: Deeds;
  const outcome = (id: string) => acts[0]?.outcomes.get(id);

  beforeEach(() => {
    [said, log, acts, barred, uploads] = [[], [], [], new Set(), 0];
    const lab = { take: async () => ({ epoch: 9 }), release: async () => undefined };
    const holding = new Holding(lab, { changed: () => undefined, lost: () => undefined, words: String });
    for (const id of ["a", "b", "c"]) holding.heard(id, { epoch: 3n, holder: "", mine: true });
    holding.heard("d", { epoch: 4n, holder: "Zoe", mine: false });
    deeds = new Deeds(
      { input: () => true, send: (one) => one.type === "do" && said.push(one) > 0 },
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
        say: () => undefined,
      },
    );
    deeds.phones = numbered([phone("a"), phone("b"), phone("c"), phone("d")]);
    deeds.channels = new Map(["a", "b", "c", "d"].map((id, index) => [id, index + 1]));
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
    deeds.order("text", "hello", ["a"]);
    expect(said.length).toBe(1);
  });

  it("uploads a file once for all phones, and installs only what fits", async () => {
    deeds.phones = numbered([phone("a"), phone("b"), phone("c", { platform: "ios" })]);
    deeds.file(new File(["x"], "shop.APK"), ["a", "b", "c"]);
    await new Promise((done) => setTimeout(done));
    expect(said.map(({ number, verb, argument }) => [number, verb, argument])).toEqual([
      [1, "install", "file 1"],
      [2, "install", "file 1"],
    ]);
    expect(outcome("c")?.words).toBe("an iPhone takes IPA files");
    deeds.file(new File(["x"], "photo.jpg"), ["c"]);
    await new Promise((done) => setTimeout(done));
    expect(said.at(-1)).toMatchObject({ number: 3, verb: "push", argument: "file 2" });
  });
});
