import { expect, test } from "vitest";
import { layOut } from "./layout";
import { news, type Quality, type Wanted, watched } from "./watch";

test("only what is seen is asked for, and sharply only what is large", () => {
  const ids = Array.from({ length: 30 }, (_, index) => `p${index}`);
  const shapes = ids.map((id) => ({ id, width: 90, height: 200 }));
  const many = layOut(shapes, { width: 800, height: 600 });
  const qualities = watched(ids, many, { x: 0, y: 0, width: 800, height: 600 });
  expect([qualities.get("p0"), qualities.get("p29")]).toEqual(["thumbnail", "off"]);
  expect(new Set(watched(ids, many, null).values())).toEqual(new Set(["off"]));
  const few = layOut(shapes.slice(0, 2), { width: 800, height: 600 });
  expect(watched(["p0"], few, { x: 0, y: 0, width: 800, height: 600 }).get("p0")).toBe("focus");
});

type Told = Record<string, [number, Quality]>;
const wanted = (told: Told) =>
  new Map(Object.entries(told).map(([id, [channel, quality]]): [string, Wanted] => [id, { channel, quality }]));

test.each<[string, Told, Told, [number, Quality][]]>([
  ["one appears", {}, { a: [1, "thumbnail"] }, [[1, "thumbnail"]]],
  ["one appears out of sight", {}, { a: [1, "off"] }, []],
  ["nothing changes", { a: [1, "thumbnail"] }, { a: [1, "thumbnail"] }, []],
  ["one grows large", { a: [1, "thumbnail"] }, { a: [1, "focus"] }, [[1, "focus"]]],
  ["one is filtered away", { a: [1, "thumbnail"] }, {}, [[1, "off"]]],
  ["one out of sight goes", { a: [1, "off"] }, {}, []],
  ["a number passes to another phone", { a: [1, "thumbnail"] }, { b: [1, "thumbnail"] }, [[1, "thumbnail"]]],
  ["it passes to one out of sight", { a: [1, "thumbnail"] }, { b: [1, "off"] }, [[1, "off"]]],
  [
    "a phone gets another number",
    { a: [1, "focus"] },
    { a: [2, "focus"] },
    [
      [1, "off"],
      [2, "focus"],
    ],
  ],
])("%s", (_name, before, now, told) => {
  expect(news(wanted(before), wanted(now)).map((one) => [one.channel, one.quality])).toEqual(told);
});

test("a phone that lies is as sharp as one that stands", () => {
  const lying = ["a", "b"].map((id) => ({ id, width: 2400, height: 1080 }));
  const layout = layOut(lying, { width: 860, height: 860 });
  expect(layout.tiles[0]?.height).toBeLessThan(520);
  const seen = { x: 0, y: 0, width: 860, height: 860 };
  expect([...watched(["a", "b"], layout, seen).values()]).toEqual(["focus", "focus"]);
});
