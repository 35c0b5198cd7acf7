import { expect, test } from "vitest";
import { allOf, type HubPhone, lastPart, stepOf, thereWords, type UsbHub } from "./hubs";

const phone = (port: string, offline_since: string | null = null): HubPhone => ({
  id: port,
  name: port,
  port,
  state: offline_since ? "offline" : "active",
  alive: "live",
  because: "",
  offline_since,
});

test("a hub has its own phones and those of the hubs beneath it", () => {
  const below: UsbHub = { path: "1-4.4", kind: "hub", phones: [phone("1-4.4.1")], hubs: [] };
  const hub: UsbHub = { path: "1-4", kind: "hub", phones: [phone("1-4.1"), phone("1-4.2")], hubs: [below] };
  expect(allOf(hub).map((one) => one.port)).toEqual(["1-4.1", "1-4.2", "1-4.4.1"]);
});

test("how many are there is said only where some are not", () => {
  expect(thereWords([phone("1-1")])).toBe("1 phone");
  expect(thereWords([phone("1-1"), phone("1-2", "2026-11-21T12:00:00Z")])).toBe("1 of 2 phones there");
});

test("an iPhone that is not ready yet says its step", () => {
  const because = "Anna's iPhone is at step 4 of 9, tunnel is up: unlock it";
  expect(stepOf({ because, offline_since: "2026-11-21T12:00:00Z" })).toBe("step 4 of 9");
  expect(stepOf({ because, offline_since: null })).toBe("");
  expect(stepOf({ because: "it is no longer plugged in", offline_since: "2026-11-21T12:00:00Z" })).toBe("");
});

test("a port is called by its number on its own hub", () => {
  expect([lastPart("1-4.2"), lastPart("1-10")]).toEqual(["2", "10"]);
});
