import { expect, test } from "vitest";
import type { Phone } from "@/api/inventory";
import { isNarrowed, NOBODYS, shownPhones, wordsOf } from "./filters";

const phone = (name: string, more: Partial<Phone> = {}) =>
  ({
    name,
    label: "",
    model: "Pixel 8",
    system: "Android 16",
    serial: name,
    agent_name: "Shelf 1",
    agent_id: "a",
    client_id: "c",
    state: "active",
    platform: "android",
    tags: [],
    groups: [],
    lease: null,
    ...more,
  }) as unknown as Phone;

const all = [
  phone("One", { tags: ["red"], label: "by the Door" }),
  phone("Two", { client_id: null, groups: ["shelf"], platform: "ios", state: "offline" }),
  phone("Three", { client_id: "d", tags: ["blue", "red"], agent_id: "b", agent_name: "Shelf 2" }),
];
const names = (...asked: Parameters<typeof shownPhones> extends [unknown, ...infer Rest] ? Rest : never) =>
  shownPhones(all, ...asked).map((one) => one.name);

test("every filter narrows", () => {
  expect(names({})).toEqual(["One", "Two", "Three"]);
  expect(names({ tag: "red" })).toEqual(["One", "Three"]);
  expect(names({ group: "shelf" })).toEqual(["Two"]);
  expect(names({ state: "offline" })).toEqual(["Two"]);
  expect(names({ platform: "android", agent: "b" })).toEqual(["Three"]);
  expect(names({ of: NOBODYS })).toEqual(["Two"]);
  expect(names({ of: "d" })).toEqual(["Three"]);
  expect(names({}, "c")).toEqual(["One"]);
});

test("each typed word has to stand somewhere, whatever its case", () => {
  expect(names({ q: "door PIXEL" })).toEqual(["One"]);
  expect(names({ q: "shelf 2" })).toEqual(["Three"]);
  expect(names({ q: "door blue" })).toEqual([]);
  expect(names({ q: "  " })).toEqual(["One", "Two", "Three"]);
});

test("words come once and in order", () => {
  expect(wordsOf(all, "tags")).toEqual(["blue", "red"]);
  expect(isNarrowed({ q: "" })).toBe(false);
  expect(isNarrowed({ of: NOBODYS })).toBe(true);
});
