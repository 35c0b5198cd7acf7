import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Phone } from "@/api/inventory";
import { numbered } from "../filters";
import { Comings, SETTLE_MS } from "./comings";

const PHONES = numbered(["a", "b", "c"].map((id) => ({ id, name: `Pixel ${id}`, because: "unplugged" }) as Phone));

describe("comings and goings", () => {
  let comings: Comings;
  let settled: number;
  const look = (there: string, phones = PHONES) =>
    comings.look(phones, ({ phone }) => there.includes(phone.id)).map(({ words }) => words);
  beforeEach(() => {
    vi.useFakeTimers();
    settled = 0;
    comings = new Comings(() => ++settled);
    look("abc");
  });
  afterEach(() => vi.useRealTimers());

  it("are told by name, of many with one reason in one sentence", () => {
    expect(look("ab")).toEqual(["Phone 3, Pixel c, went: unplugged"]);
    expect(look("ab")).toEqual([]);
    expect(look("")).toEqual(["Phones 1 and 2 went: unplugged"]);
    expect(look("abc")).toEqual(["Phones 1 to 3 are back"]);
    expect(look("ac")).toEqual(["Phone 2, Pixel b, went: unplugged"]);
    expect(look("abc")).toEqual(["Phone 2, Pixel b, is back"]);
  });

  it("are not those of the line: of a server that restarts only what really changed", () => {
    comings.broke();
    expect(look("")).toEqual([]);
    comings.mended();
    for (const there of ["", "a", "ab"]) expect(look(there)).toEqual([]);
    vi.advanceTimersByTime(SETTLE_MS);
    expect([settled, look("ab")]).toEqual([1, ["Phone 3, Pixel c, went: unplugged"]]);
    comings.broke();
    expect(look("")).toEqual([]);
    comings.mended();
    comings.broke(); // again, before all was back
    vi.advanceTimersByTime(SETTLE_MS);
    expect([settled, look("")]).toEqual([1, []]);
    comings.mended();
    expect(look("ab")).toEqual([]);
    vi.advanceTimersByTime(SETTLE_MS);
    expect([settled, look("ab")]).toEqual([2, []]);
  });

  it("are not those of a filter", () => {
    expect(look("abc", PHONES.slice(0, 1))).toEqual([]);
    expect(look("abc")).toEqual([]);
  });
});
