import { expect, test } from "vitest";
import type { Phone } from "@/api/inventory";
import { choicesOf, countFilters, filtered, labelsOf, NOBODY, numbered, ownersDiffer } from "./filters";

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

const phones = [
  phone("One", { tags: ["red"], label: "by the Door" }),
  phone("Two", { client_id: null, groups: ["shelf"], platform: "ios", state: "offline" }),
  phone("Three", { client_id: "d", tags: ["blue", "red"], agent_id: "b", agent_name: "Shelf 2" }),
];
const all = numbered(phones);
const names = (...asked: Parameters<typeof filtered> extends [unknown, ...infer Rest] ? Rest : never) =>
  filtered(all, ...asked).map((one) => one.phone.name);

test("every filter narrows, all at once", () => {
  expect(names({})).toEqual(["One", "Two", "Three"]);
  expect(names({ tag: "red" })).toEqual(["One", "Three"]);
  expect(names({ group: "shelf" })).toEqual(["Two"]);
  expect(names({ state: "offline" })).toEqual(["Two"]);
  expect(names({ platform: "android", agent: "b" })).toEqual(["Three"]);
  expect(names({ of: NOBODY })).toEqual(["Two"]);
  expect(names({ of: "d" })).toEqual(["Three"]);
  expect(names({}, "c")).toEqual(["One"]);
});

test("each typed word has to stand somewhere, whatever its case, or be the number", () => {
  expect(names({ q: "door PIXEL" })).toEqual(["One"]);
  expect(names({ q: "shelf 2" })).toEqual(["Two", "Three"]);
  expect(names({ q: "door blue" })).toEqual([]);
  expect(names({ q: "  " })).toEqual(["One", "Two", "Three"]);
});

test("numbers stay whatever is filtered", () => {
  expect(filtered(all, { q: "3" }).map((one) => one.number)).toEqual([3]);
});

test("labels come once and in order", () => {
  expect(labelsOf(phones, "tags")).toEqual(["blue", "red"]);
});

test("an empty filter counts as none", () => {
  expect(countFilters({ q: "" })).toBe(0);
  expect(countFilters({ q: "x", of: NOBODY })).toBe(2);
});

test("whose phones are is said where they differ, or wait for a client", () => {
  const [mine, nobodys] = [{ client_id: "a" }, { client_id: null }];
  expect(ownersDiffer([mine, mine], 1)).toBe(false);
  expect(ownersDiffer([mine, nobodys], 1)).toBe(true);
  expect(ownersDiffer([mine], 2)).toBe(true);
});

test("there is a choice only where phones differ", () => {
  const choices = (...some: Phone[]) => choicesOf(some, {}).map((one) => one.name);
  expect(choices(...phones)).toEqual(["state", "platform", "tag", "group", "agent"]);
  expect(choices(phone("One"), phone("Two"))).toEqual(["state"]);
});

test("what is chosen stays in its choice", () => {
  const chosen = choicesOf([phone("One")], { tag: "gone", agent: "b", platform: "ios" });
  expect(chosen.map((one) => [one.name, one.options.at(-1)?.label])).toEqual([
    ["state", "Quarantined"],
    ["platform", "iPhone"],
    ["tag", "gone"],
    ["agent", "another agent"],
  ]);
});
