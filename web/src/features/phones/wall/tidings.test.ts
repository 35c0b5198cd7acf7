import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PastLease } from "@/api/wall";
import { Tidings } from "./tidings";

describe("tidings of phones that change hands", () => {
  let log: string[];
  let past: Partial<PastLease> | null;
  let asked: [string, number][];
  let tidings: Tidings;
  beforeEach(() => {
    vi.useFakeTimers();
    [log, past, asked] = [[], null, []];
    tidings = new Tidings(
      {
        past: async (phone, epoch) => {
          asked.push([phone, epoch]);
          return past as PastLease | null;
        },
        numbers: (ids) => ids.map((id) => id.charCodeAt(0) - 96),
      },
      { log: (tone, words) => log.push(`${tone} ${words}`), say: () => undefined, note: () => undefined },
    );
  });
  afterEach(() => vi.useRealTimers());

  it("tell who gave a phone and who got it why, by the lease that ended", async () => {
    past = { reason: "handed_over", holder_name: "Mona", ended_by_name: "Ada", why: "" };
    await tidings.lost("b", 3n);
    await tidings.came("b", 3n);
    expect(log).toEqual(["wait Phone 2: it was handed over to Ada", "go Phone 2: Mona handed it over to you"]);
    expect(asked).toEqual([
      ["b", 3],
      ["b", 3],
    ]);
  });

  it("tell of many phones that are taken one after the other in one line", async () => {
    for (const phone of ["a", "b", "c"]) {
      tidings.took(phone);
      await tidings.came(phone, 1n);
      vi.advanceTimersByTime(300);
    }
    expect(log).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(log).toEqual(["calm You took phones 1 to 3", "calm Taken in another window of yours: phones 1 to 3"]);
  });

  it("say why phones are given back, and that one asked for went another way", () => {
    tidings.gave(["a", "b"], "no longer shown on the wall");
    tidings.gave([]);
    tidings.passed("c", "Mona", "");
    tidings.passed("c", "Mona", "Bo");
    expect(log).toEqual([
      "calm You gave back phones 1 and 2: no longer shown on the wall",
      "wait Phone 3: Mona no longer holds it; it is free to take",
      "wait Phone 3: Bo has it now, no longer Mona",
    ]);
  });
});
