import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Heard, WIRE_VERSION } from "./messages";
import { type LineState, type Socket, WallSocket } from "./wallSocket";

/** The server's end, as a test moves it. */
class Scripted implements Socket {
  readyState = 0;
  bufferedAmount = 0;
  binaryType: BinaryType = "blob";
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  sent: unknown[] = [];

  send(data: unknown) {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }
  close() {
    this.readyState = 3;
  }
  accept() {
    this.readyState = 1;
    this.onopen?.();
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  welcome() {
    this.accept();
    this.say({ type: "welcome", version: 1, beat: 2 });
  }
  break() {
    this.readyState = 3;
    this.onclose?.();
  }
}

describe("the wall's line", () => {
  let sockets: Scripted[];
  let states: LineState[];
  let heard: Heard[];
  let frames: ArrayBuffer[];
  let line: WallSocket;
  const last = () => sockets.at(-1) as Scripted;

  beforeEach(() => {
    vi.useFakeTimers();
    [sockets, states, heard, frames] = [[], [], [], []];
    line = new WallSocket(
      { state: (one) => states.push(one), message: (one) => heard.push(one), frame: (one) => frames.push(one) },
      () => {
        sockets.push(new Scripted());
        return last();
      },
      () => 0.5,
    );
  });
  afterEach(() => {
    line.close();
    vi.useRealTimers();
  });

  it("opens with its version, and says nothing before it is welcome", () => {
    last().accept();
    expect(last().sent).toEqual([{ type: "open", version: WIRE_VERSION }]);
    expect(line.send({ type: "refresh", number: 1 })).toBe(false);
    last().say({ type: "welcome", version: 1, beat: 2 });
    expect(states).toEqual([{ kind: "open" }]);
    expect(line.send({ type: "refresh", number: 1 })).toBe(true);
    expect(last().sent.at(-1)).toEqual({ type: "refresh", number: 1 });
  });

  it("passes on messages and frames, and lets nonsense be", () => {
    last().welcome();
    const frame = new ArrayBuffer(30);
    last().onmessage?.({ data: frame });
    for (const nonsense of ["{", "[]", "null", '{"type":"toString"}', '{"type":"held","number":"1"}'])
      last().onmessage?.({ data: nonsense });
    last().say({ type: "fresh", numbers: [1, 2] });
    expect(frames).toEqual([frame]);
    expect(heard.map((one) => one.type)).toEqual(["welcome", "fresh"]);
  });

  it("beats, and takes a line that says nothing for three beats as broken", () => {
    last().welcome();
    vi.advanceTimersByTime(4_000);
    expect(last().sent.slice(1)).toEqual([
      { type: "beat", count: 1 },
      { type: "beat", count: 2 },
    ]);
    last().say({ type: "beat", count: 1 });
    vi.advanceTimersByTime(5_900);
    expect(line.open).toBe(true);
    vi.advanceTimersByTime(200);
    expect(states.at(-1)).toEqual({ kind: "lost", tries: 1 });
  });

  it("comes back by itself, each time a little later, and begins anew", () => {
    last().welcome();
    last().break();
    expect(line.send({ type: "refresh", number: 1 })).toBe(false);
    vi.advanceTimersByTime(499);
    expect(sockets.length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(sockets.length).toBe(2);
    last().break();
    vi.advanceTimersByTime(999);
    expect(sockets.length).toBe(2);
    vi.advanceTimersByTime(1);
    last().welcome();
    expect(states.map((one) => one.kind)).toEqual(["open", "lost", "lost", "open"]);
    expect(last().sent).toEqual([{ type: "open", version: WIRE_VERSION }]);
  });

  it("tries at once when it is told to, and only once", () => {
    last().break();
    line.retry();
    expect(sockets.length).toBe(2);
    vi.advanceTimersByTime(600);
    expect(sockets.length).toBe(2);
    line.retry();
    expect(sockets.length).toBe(2);
  });

  it("stays away when the server will not have it", () => {
    last().accept();
    last().say({ type: "refused", kind: "version", sentence: "Reload", again: false });
    last().onclose?.();
    vi.advanceTimersByTime(600_000);
    expect(sockets.length).toBe(1);
    expect(states).toEqual([{ kind: "refused", why: "version", sentence: "Reload" }]);
  });

  it("sends no input into a blocked way", () => {
    last().welcome();
    const bytes = new ArrayBuffer(34);
    expect(line.input(bytes)).toBe(true);
    last().bufferedAmount = 1_000_000;
    expect(line.input(bytes)).toBe(false);
    expect(last().sent.filter((one) => one === bytes).length).toBe(1);
  });

  it("is over when it is closed", () => {
    last().welcome();
    line.close();
    vi.advanceTimersByTime(600_000);
    expect(sockets.length).toBe(1);
    expect(last().readyState).toBe(3);
  });
});
