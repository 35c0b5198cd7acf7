import { describe, expect, it } from "vitest";
import { countFilters, filtered, idsFromAddress, idsInAddress, labelsOf, numbered } from "./filters";
import { type LabPhone, troubleOf, wallPhone } from "./phones";

const phone = (more: Partial<LabPhone> = {}): LabPhone =>
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
  }) as LabPhone;
const since = (moment: string) => `<${moment}>`;

describe("filters", () => {
  const all = numbered([
    phone({ name: "Ada", tags: ["desk", "blue"], groups: ["uk"] }),
    phone({ name: "Bea", client_id: "c2", platform: "ios", tags: ["desk"], state: "offline" }),
    phone({ name: "Cleo 2", client_id: null }),
  ]);
  const names = (...args: [Parameters<typeof filtered>[1], string?]) =>
    filtered(all, ...args).map((one) => one.phone.name);

  it("narrow by each, all at once", () => {
    expect(names({})).toEqual(["Ada", "Bea", "Cleo 2"]);
    expect(names({ tag: "desk" })).toEqual(["Ada", "Bea"]);
    expect(names({ tag: "desk", platform: "ios" })).toEqual(["Bea"]);
    expect(names({ group: "uk" })).toEqual(["Ada"]);
    expect(names({ state: "offline" })).toEqual(["Bea"]);
    expect(names({}, "c1")).toEqual(["Ada"]);
  });

  it("search in words and numbers, and numbers stay", () => {
    expect(names({ q: "2" })).toEqual(["Bea", "Cleo 2"]);
    expect(names({ q: " CLEO " })).toEqual(["Cleo 2"]);
    expect(names({ q: "bea oneplus" })).toEqual([]);
    expect(filtered(all, { q: "cleo" })[0]?.number).toBe(3);
  });

  it("list what there is to choose from, and how much is chosen", () => {
    expect(labelsOf(all, "tags")).toEqual(["blue", "desk"]);
    expect(countFilters({ tag: "x", q: "" })).toBe(1);
  });
});

describe("ids in an address", () => {
  it("come back, but for those that are not there", () => {
    const ids = ["01a1fed8-c14b-7320-86cb-10ca3a4fb5ff", "01a1fed8-c14b-7320-86cb-20ca3a4fb5ff"];
    expect(idsFromAddress(idsInAddress(ids), ids)).toEqual(ids);
    expect(idsFromAddress(`${idsInAddress(ids)}.nonsense`, ids.slice(1))).toEqual(ids.slice(1));
    expect(idsFromAddress(undefined, ids)).toEqual([]);
    expect(idsInAddress([])).toBeUndefined();
  });
});

describe("a phone on the wall", () => {
  it("says who holds it: the socket knows best", () => {
    const lease = { holder_name: "Zoe" } as LabPhone["lease"];
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
    const away = (more: Partial<LabPhone>) => troubleOf(phone({ offline_since: "t", ...more }), since);
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
