import { beforeEach, describe, expect, it } from "vitest";
import type { Aimed } from "@/wall/aim";
import type { Outcome } from "./acts";
import type { FromWall } from "./messages";
import { type Part, Sending } from "./sending";
import { PERHAPS } from "./words";

const part = (more: Partial<Part> = {}): Part => ({
  act: 1,
  phone: "a",
  deed: "tap",
  channel: 7,
  epoch: 3n,
  many: 2,
  ...more,
});
const tap: Aimed = {
  kind: "tap",
  phone: "a",
  seen: { width: 272, height: 608, sequence: 9 },
  at: { x: 10, y: 20 },
  held: 80,
};

describe("sending", () => {
  let bytes: DataView[];
  let said: FromWall[];
  let settled: [string, Outcome["state"], string][];
  let connected: boolean;
  let now: number;
  let sending: Sending;
  beforeEach(() => {
    [bytes, said, settled, connected, now] = [[], [], [], true, 1_000];
    sending = new Sending(
      {
        input: (one) => connected && bytes.push(new DataView(one)) > 0,
        send: (one) => connected && said.push(one) > 0,
      },
      (one, { state, words }) => settled.push([one.phone, state, words]),
      () => now,
    );
  });

  it("writes a gesture at once, each touch with its true moment and all with one epoch", () => {
    sending.gesture(part(), tap);
    expect(bytes.map((view) => view.getUint8(1))).toEqual([0, 2]);
    expect(bytes.map((view) => view.getUint16(2))).toEqual([7, 7]);
    expect(bytes.map((view) => view.getBigUint64(4))).toEqual([3n, 3n]);
    const [down, up] = bytes.map((view) => Number(view.getBigUint64(16)));
    expect((up ?? 0) - (down ?? 0)).toBe(80_000);
    expect(bytes.map((view) => view.getUint8(33))).toEqual([2, 2]);
  });

  it("knows an answer by the phone and the number of its last touch", () => {
    sending.gesture(part(), tap);
    sending.gesture(part({ phone: "b", channel: 8 }), tap);
    sending.inputDone({ number: 8, sequence: 2, took: 900 });
    expect(settled).toEqual([]);
    sending.inputDone({ number: 8, sequence: 4, took: 900 });
    sending.inputDone({ number: 8, sequence: 4, took: 900 });
    expect(settled).toEqual([["b", "done", "tapped"]]);
  });

  it("takes the first refused touch for the whole gesture, and says why", () => {
    sending.gesture(part(), tap);
    for (const sequence of [1, 2]) sending.inputRefused({ number: 7, sequence, kind: "offline", epoch: 3 }, "");
    expect(settled).toEqual([["a", "failed", "unplugged before the tap; nothing was pressed"]]);
  });

  it("says that nobody knows when no answer comes, or the line breaks", () => {
    sending.gesture(part(), tap);
    sending.order(part({ phone: "b", deed: "text" }), "text", "hello");
    now += 20_000;
    sending.tick();
    expect(settled).toEqual([["a", "unknown", `no answer came; ${PERHAPS}`]]);
    sending.cutOff();
    expect(settled.at(-1)?.slice(0, 2)).toEqual(["b", "unknown"]);
    sending.done({ id: 3, number: 7, kind: "", sentence: "", answer: "" });
    expect(settled.length).toBe(2);
  });

  it("claims nothing when there is no line", () => {
    connected = false;
    sending.gesture(part(), tap);
    sending.order(part({ deed: "text" }), "text", "hello");
    sending.key(part({ deed: "key" }), "home", false);
    expect(settled.map((one) => one[2])).toEqual(Array(3).fill("not connected; nothing was sent"));
  });

  it("does something whole, hears how far it is, and what came of it", () => {
    sending.order(part({ deed: "install" }), "install", "file-1");
    const [order] = said;
    expect(order).toEqual({ type: "do", id: 1, number: 7, epoch: 3, verb: "install", argument: "file-1", many: 2 });
    sending.progress({ id: 1, number: 7, percent: 40 });
    sending.done({ id: 1, number: 7, kind: "full", sentence: "GRV1 is full", answer: "" });
    expect(settled).toEqual([
      ["a", "running", "40 %"],
      ["a", "failed", "GRV1 is full"],
    ]);
  });

  it.each(["timed_out", "lost"] as const)("says that nobody knows of what ended as %s", (kind) => {
    sending.gesture(part(), tap);
    sending.inputRefused({ number: 7, sequence: 2, kind, epoch: 3 }, "");
    sending.order(part({ deed: "text" }), "text", "hello");
    sending.done({ id: 3, number: 7, kind, sentence: "", answer: "" });
    sending.order(part({ deed: "text" }), "text", "hello");
    sending.done({ id: 4, number: 7, kind, sentence: "GRV1 did not type within 30 s", answer: "" });
    expect(settled.map(([, state]) => state)).toEqual(["unknown", "unknown", "unknown"]);
    expect(settled.map(([, , words]) => words.endsWith(PERHAPS))).toEqual([true, true, false]);
  });

  it("leaves out what a rule forbids: nothing failed", () => {
    sending.gesture(part(), tap);
    sending.inputRefused({ number: 7, sequence: 2, kind: "attended", epoch: 3 }, "");
    sending.order(part({ deed: "launch" }), "launch", "app");
    sending.done({ id: 3, number: 7, kind: "attended", sentence: "One phone at a time", answer: "" });
    expect(settled.map(([, state]) => state)).toEqual(["left out", "left out"]);
  });

  const PICTURE = "/api/v1/phones/pictures/01a1fed8-c14b-7320-86cb-10ca3a4fb5ff";

  it("takes for a picture what is one, and a clipboard's text never", () => {
    const answers: Outcome[] = [];
    const asking = new Sending({ input: () => true, send: () => true }, (_, outcome) => answers.push(outcome));
    const said = [
      ["screenshot", PICTURE],
      ["read_clipboard", PICTURE],
      ["screenshot", `${PICTURE}/../../../../p/evil`],
      ["screenshot", `${PICTURE}?x`],
      ["screenshot", "/api/v1/phones/pictures/../../logout"],
    ] as const;
    for (const [index, [deed, answer]] of said.entries()) {
      asking.order(part({ deed }), deed, "");
      asking.done({ id: index + 1, number: 7, kind: "", sentence: "", answer });
    }
    expect(answers.map((one) => one.picture)).toEqual([PICTURE, undefined, undefined, undefined, undefined]);
    expect(answers.map((one) => one.answer)).toEqual([undefined, PICTURE, undefined, undefined, undefined]);
  });
});
