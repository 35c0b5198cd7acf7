import { describe, expect, it } from "vitest";
import type { Phone } from "@/api/inventory";
import { troubleOf, wallPhone } from "./phones";

const phone = (more: Partial<Phone> = {}): Phone =>
  ({
    id: "01a1fed8-c14b-7320-86cb-10ca3a4fb5ff",
    client_id: "c1",
    name: "Pixel 8",
    label: "",
    tags: [],
    groups: [],
    state: "active",
    platform: "android",
    model: "Pixel 8",
    system: "Android 16",
    serial: "GRV00001",
    width: 1080,
    height: 2400,
    battery: 81,
    charging: false,
    alive: "live",
    because: "it answers",
    offline_since: null,
    lease: null,
    attended: false,
    ...more,
  }) as Phone;
const since = (moment: string) => `<${moment}>`;

describe("a phone on the wall", () => {
  it("says who holds it: the socket knows best", () => {
    const lease = { holder_name: "Zoe" } as Phone["lease"];
    const of = (held?: { epoch: bigint; holder: string; mine: boolean }) =>
      wallPhone({ number: 1, phone: phone({ lease }) }, 7, held, since).holder;
    expect(of()).toBe("Zoe");
    expect(of({ epoch: 3n, holder: "Ada", mine: true })).toBe("you");
    expect(of({ epoch: 3n, holder: "", mine: false })).toBeNull();
  });

  it("says why nothing can be done with it", () => {
    expect(troubleOf(phone(), since)).toBeNull();
    expect(troubleOf(phone({ offline_since: "t" }), since)).toBe("Offline since <t>");
    expect(troubleOf(phone({ alive: "silent", because: "" }), since)).toBe("It does not answer");
    expect(troubleOf(phone({ alive: "silent", because: "asking it failed" }), since)).toBe("asking it failed");
  });

  it("says what helps rather than since when, where a person can help", () => {
    const away = (more: Partial<Phone>) => troubleOf(phone({ offline_since: "t", ...more }), since);
    const prompt = "Pixel 8 is unauthorised: accept the prompt on its screen";
    expect(away({ alive: "unauthorised", because: prompt })).toBe(prompt);
    const step = "iPhone A is at step 4 of 9, tunnel is up: look at its cable";
    expect(away({ alive: "offline", because: step })).toBe(step);
    expect(away({ alive: "unauthorised", because: "" })).toBe("Offline since <t>");
    expect(away({ alive: "offline", because: "it is no longer plugged in" })).toBe("Offline since <t>");
  });

  it("has a shape before it has told its size", () => {
    expect(wallPhone({ number: 1, phone: phone({ width: 0, height: 0 }) }, null, undefined, since).reference).toEqual({
      width: 1080,
      height: 2400,
    });
  });
});
