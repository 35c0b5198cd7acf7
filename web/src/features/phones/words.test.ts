import { expect, test } from "vitest";
import type { Phone, PhoneMoment } from "@/api/inventory";
import {
  battery,
  hubOf,
  lastSeen,
  lostPhones,
  momentWords,
  phonesWords,
  portWords,
  storage,
  temperature,
} from "./words";

test("a low battery waits for somebody unless it charges", () => {
  expect(battery({ battery: 19, charging: false })).toEqual({ words: "19 %", kind: "wait", fraction: 0.19 });
  expect(battery({ battery: 19, charging: true })?.kind).toBe("calm");
  expect(battery({ battery: null, charging: false })).toBeNull();
});

test("storage says what is free and fills as it is used", () => {
  expect(storage({ storage_free: 1_000_000_000, storage_total: 10_000_000_000 })).toEqual({
    words: "1.0 GB of 10 GB free",
    kind: "calm",
    fraction: 0.9,
  });
  expect(storage({ storage_free: 0, storage_total: 10 })?.kind).toBe("wait");
  expect(storage({ storage_free: 5, storage_total: 0 })).toBeNull();
});

test("heat is told", () => {
  expect(temperature({ temperature: 41.94 })).toEqual({ words: "41.9 °C", kind: "calm" });
  expect(temperature({ temperature: 42 })?.kind).toBe("wait");
  expect(temperature({ temperature: null })).toBeNull();
});

test("a phone that is live is seen now, whenever its agent told of it last", () => {
  const [told, gone] = ["2026-11-22T08:55:00Z", "2026-11-22T08:58:00Z"];
  expect(lastSeen({ alive: "live", offline_since: null, last_seen_at: told })).toBeNull();
  expect(lastSeen({ alive: "live", offline_since: gone, last_seen_at: told })).toBe(gone);
  expect(lastSeen({ alive: "unauthorised", offline_since: null, last_seen_at: told })).toBe(told);
});

test("the first line counts what needs somebody", () => {
  const states = (...all: ("active" | "offline" | "failed")[]) => all.map((state) => ({ state }));
  expect(phonesWords(states("active", "active"))).toBe("2 phones, all at work");
  expect(phonesWords(states("active", "offline", "failed"))).toBe("3 phones, 1 offline, 1 out of work");
  expect(phonesWords([])).toBe("no phones");
});

const moment = (more: Partial<PhoneMoment>) =>
  ({ why: "", by_name: null, at: "2026-11-21T09:01:05Z", ...more }) as PhoneMoment;

test("the end of a lease names who and why", () => {
  const held = { kind: "held", holder_name: "Ada", since: "2026-11-21T09:00:00Z" } as const;
  const taken = moment({ ...held, reason: "broken_in", by_name: "Bo", why: "the post is due" });
  expect(momentWords(taken, "")).toBe("Ada, 1 min 5 s; taken over by Bo: the post is due");
  const handed = { ...held, reason: "handed_over" } as const;
  expect(momentWords(moment({ ...handed, by_name: "Bo" }), "")).toBe("Ada, 1 min 5 s; handed over to Bo");
  expect(momentWords(moment(handed), "")).toBe("Ada, 1 min 5 s; handed over to who asked for it");
  expect(momentWords(moment({ ...held, reason: "idle" }), "")).toBe("Ada, 1 min 5 s; nobody touched it for 15 minutes");
});

test("a moment says to whom, by whom and why", () => {
  expect(momentWords(moment({ kind: "given", by_name: "Bo" }), "Kites")).toBe("to Kites by Bo");
  expect(momentWords(moment({ kind: "left" }), "Kites")).toBe("from Kites");
  expect(momentWords(moment({ kind: "state", why: "it burns", by_name: "Bo" }), "")).toBe("it burns; said Bo");
  expect(momentWords(moment({ kind: "went", why: "it was unplugged" }), "")).toBe("it was unplugged");
});

test("a port names its hub", () => {
  expect(hubOf("1-4.2")).toBe("1-4");
  expect(hubOf("2-1.4.3")).toBe("2-1.4");
  expect(portWords("1-4")).toBe("1-4, on the computer itself");
});

test("a phone is lost when it went while it was held", () => {
  const lease = {} as NonNullable<Phone["lease"]>;
  const phone = (held: boolean, away: boolean, client_id = "c") => ({
    lease: held ? lease : null,
    offline_since: away ? "2026-11-21T09:00:00Z" : null,
    client_id,
  });
  const lost = phone(true, true);
  const all = [lost, phone(true, false), phone(false, true), phone(true, true, "d")];
  expect(lostPhones(all, "c")).toEqual([lost]);
  expect(lostPhones(all, undefined)).toHaveLength(2);
});
