import { describe, expect, it } from "vitest";
import { actWords, type Act, begun, KEPT, type Outcome, settled, summed, worst } from "./acts";

const act = (id: number, ...states: Outcome["state"][]): Act => ({
  id,
  at: 0,
  name: "Tap",
  outcomes: new Map(states.map((state, at) => [`p${at}`, { state, words: "" }])),
});

describe("acts", () => {
  it("stand newest first, and only so many", () => {
    let acts: readonly Act[] = [];
    for (let id = 1; id <= KEPT + 3; id++) acts = begun(acts, act(id, "waiting"));
    expect(acts.length).toBe(KEPT);
    expect(acts[0]?.id).toBe(KEPT + 3);
  });

  it("are settled by phone, once", () => {
    const first = settled([act(1, "waiting", "waiting"), act(2, "waiting")], 1, "p1", {
      state: "failed",
      words: "gone",
    });
    const again = settled(first, 1, "p1", { state: "done", words: "" });
    expect(again[0]?.outcomes.get("p1")).toEqual({ state: "failed", words: "gone" });
    expect(again[0]?.outcomes.get("p0")?.state).toBe("waiting");
    expect(again[1]?.outcomes.get("p0")?.state).toBe("waiting");
    expect(settled(again, 1, "nobody", { state: "done", words: "" })).toEqual(again);
  });

  it("go on from running", () => {
    const running = settled([act(1, "waiting")], 1, "p0", { state: "running", words: "", percent: 40 });
    expect(settled(running, 1, "p0", { state: "done", words: "" })[0]?.outcomes.get("p0")?.state).toBe("done");
  });

  it("are summed up with what needs a look first", () => {
    expect(summed(act(1, "done", "done", "failed", "left out", "running"))).toBe(
      "1 running, 1 failed, 1 left out, 2 done",
    );
    expect(summed(act(1, "done"))).toBe("done");
    expect(worst(act(1, "done", "unknown", "left out"))).toBe("unknown");
    expect(worst(act(1, "done"))).toBe("done");
  });

  it("name their phones", () => {
    const numberOf = (id: string) => Number(id.slice(1)) + 2;
    expect(actWords(act(1, "done"), numberOf)).toBe("phone 2 · done");
    expect(actWords(act(1, "failed", "done", "done"), numberOf)).toBe("phones 2 to 4 · 1 failed, 2 done");
    expect(actWords(act(1, "done"), () => undefined)).toBe("done");
  });
});
