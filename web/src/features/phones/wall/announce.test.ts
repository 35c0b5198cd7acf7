import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Announcer, APART_MS } from "./announce";
import { KEPT_LINES, type LogLine, logged } from "./log";

describe("the live region", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("speaks at once, then at most once a second, the newest of what came", () => {
    const said: string[] = [];
    const announcer = new Announcer((one) => said.push(one));
    for (const one of ["a", "b", "c"]) announcer.say(one);
    expect(said).toEqual(["a"]);
    vi.advanceTimersByTime(APART_MS - 1);
    expect(said).toEqual(["a"]);
    vi.advanceTimersByTime(2);
    expect(said).toEqual(["a", "c"]);
    vi.advanceTimersByTime(5 * APART_MS);
    expect(said).toEqual(["a", "c"]);
  });
});

describe("the log", () => {
  it("keeps the newest lines, each with its own number", () => {
    let log: readonly LogLine[] = [];
    for (let count = 0; count < KEPT_LINES + 5; count++) log = logged(log, { at: count, tone: "calm", words: "" });
    expect(log.length).toBe(KEPT_LINES);
    expect(log[0]?.at).toBe(KEPT_LINES + 4);
    expect(new Set(log.map((line) => line.id)).size).toBe(KEPT_LINES);
  });
});
