import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MOST_TURN, type Turn, Wheel, WHEEL_MS } from "./wheel";

const AT = { x: 0.5, y: 0.25 };
const turn = (down: number, phone = "a", right = 0): Turn => ({ phone, at: AT, right, down });

describe("the wheel", () => {
  let made: Turn[];
  let wheel: Wheel;
  beforeEach(() => {
    vi.useFakeTimers();
    made = [];
    wheel = new Wheel((one) => made.push(one));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("gathers what comes within a moment", () => {
    for (const down of [10.2, 20, 30]) wheel.add(turn(down));
    expect(made).toEqual([]);
    vi.advanceTimersByTime(WHEEL_MS);
    expect(made).toEqual([turn(60)]);
    wheel.add(turn(5));
    vi.advanceTimersByTime(WHEEL_MS);
    expect(made).toEqual([turn(60), turn(5)]);
  });

  it("ends when it goes to another phone, and when it is closed nothing is left", () => {
    wheel.add(turn(10));
    wheel.add(turn(20, "b"));
    expect(made).toEqual([turn(10)]);
    wheel.close();
    vi.advanceTimersByTime(10 * WHEEL_MS);
    expect(made).toEqual([turn(10)]);
  });

  it("says nothing of turns that cancel out, and keeps a slip in bounds", () => {
    wheel.add(turn(40));
    wheel.add(turn(-40.2));
    vi.advanceTimersByTime(WHEEL_MS);
    expect(made).toEqual([]);
    for (let count = 0; count < 9; count++) wheel.add(turn(800, "a", -900));
    vi.advanceTimersByTime(WHEEL_MS);
    expect(made).toEqual([turn(MOST_TURN, "a", -MOST_TURN)]);
  });
});
