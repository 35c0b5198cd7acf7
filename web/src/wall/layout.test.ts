import { expect, test } from "vitest";
import { chance } from "./chance";
import {
  hit,
  layOut,
  layOutSingle,
  MOST_IN_A_ROW,
  neighbour,
  type Shape,
  type Spacing,
  SPACING,
  touched,
} from "./layout";
import { type Size, touch } from "./shapes";

const TALL = { width: 1080, height: 2400 };
const LYING = { width: 2400, height: 1080 };
const phones = (count: number, size: Size = TALL): Shape[] =>
  Array.from({ length: count }, (_, index) => ({ id: `p${index}`, ...size }));
const perRow = (shapes: Shape[], space: Size, spacing?: Spacing) => {
  const rows: number[] = [];
  for (const tile of layOut(shapes, space, spacing).tiles) rows[tile.row] = (rows[tile.row] ?? 0) + 1;
  return rows;
};

test.each([
  [0, 1440, 900, []],
  [1, 1440, 900, [1]],
  [2, 1440, 900, [2]],
  [5, 1440, 900, [5]],
  [5, 390, 844, [3, 2]],
  [6, 1440, 900, [3, 3]],
  [7, 1440, 900, [4, 3]],
  [20, 1440, 900, [5, 5, 5, 5]],
  [3, 200, 1400, [1, 1, 1]],
])("%d tall phones in %d × %d", (count, width, height, rows) => {
  expect(perRow(phones(count), { width, height })).toEqual(rows);
});

test("five lying phones stand under each other in a narrow space, and side by side in a flat one", () => {
  expect(perRow(phones(5, LYING), { width: 700, height: 1400 }, { gap: 10, least: 20, label: 0 })).toEqual([
    1, 1, 1, 1, 1,
  ]);
  expect(perRow(phones(5, LYING), { width: 1440, height: 160 }, { gap: 10, least: 20, label: 0 })).toEqual([5]);
});

test("too many for the space: rows keep their least height and the wall grows below it", () => {
  const layout = layOut(phones(60), { width: 1100, height: 850 });
  expect(layout.tiles[0]?.height).toBe(150);
  expect(layout.tiles.at(-1)?.row).toBe(11);
  expect(layout.height).toBe(12 * (160 + SPACING.label) + 10);
});

test("a phone that turns makes its own row lower and leaves the size of others' rows no smaller", () => {
  const before = layOut(phones(10), { width: 1000, height: 900 }).tiles;
  const turned = phones(10).map((shape, index) => (index === 7 ? { ...shape, ...LYING } : shape));
  const after = layOut(turned, { width: 1000, height: 900 }).tiles;
  expect(after[0]?.height).toBeGreaterThanOrEqual(before[0]?.height ?? Infinity);
  expect(after[7]?.width).toBeGreaterThan(after[7]?.height ?? Infinity);
});

test("where phones lie and stand, each row takes as many as fit, and small ones fill the space too", () => {
  const shapes = phones(8).map((shape, index) => (index < 4 ? { ...shape, ...LYING } : shape));
  const space = { width: 927, height: 844 };
  expect(perRow(shapes, space)).toEqual([2, 2, 4]);
  const { tiles } = layOut(shapes, space);
  expect(tiles[5]?.height).toBeGreaterThan(300);
  expect(Math.max(...tiles.map((tile) => tile.y + tile.height))).toBeGreaterThan(750);
});

test("one phone fills the space it may", () => {
  const [tile] = layOutSingle({ id: "a", width: 90, height: 200 }, { width: 1440, height: 900 }).tiles;
  expect(tile).toEqual({ id: "a", row: 0, x: 526, y: 10, width: 387, height: 860 });
});

test("each row leaves room for the labels below it", () => {
  const { tiles } = layOut(phones(20), { width: 1440, height: 900 });
  const below = tiles.filter((tile) => tile.row > 0);
  for (const tile of below) {
    const above = tiles.find((one) => one.row === tile.row - 1);
    expect(tile.y - ((above?.y ?? 0) + (above?.height ?? 0))).toBe(SPACING.label + SPACING.gap);
  }
  const last = tiles.at(-1);
  expect((last?.y ?? 0) + (last?.height ?? 0) + SPACING.label).toBeLessThanOrEqual(900 - SPACING.gap);
});

test("no space, no tiles", () => {
  expect(layOut(phones(3), { width: 0, height: 0 })).toEqual({ tiles: [], height: 0 });
});

/** The best that any number of rows can do when all phones are of one shape: the height of a tile, before rounding. */
function bestHeight(count: number, size: Size, space: Size, gap: number): number {
  let best = 0;
  for (let columns = 1; columns <= MOST_IN_A_ROW; columns++) {
    const used = Math.min(columns, count);
    const rows = Math.ceil(count / used);
    const wide = (space.width - gap * (used + 1)) / used / (size.width / size.height);
    best = Math.max(best, Math.min(wide, (space.height - gap * (rows + 1)) / rows));
  }
  return best;
}

test("whatever the phones and the window: nothing overlaps, all lies inside, five a row, ratios are kept", () => {
  const pick = chance(7);
  for (let round = 0; round < 150; round++) {
    const shapes: Shape[] = Array.from({ length: pick(1, 40) }, (_, index) => {
      const size = { width: pick(600, 1440), height: pick(1200, 3200) };
      return { id: `p${index}`, ...(pick(0, 4) ? size : { width: size.height, height: size.width }) };
    });
    const space = { width: pick(300, 2600), height: pick(300, 1500) };
    const { tiles, height } = layOut(shapes, space);
    expect(tiles.map((tile) => tile.id)).toEqual(shapes.map((shape) => shape.id));
    for (const [index, tile] of tiles.entries()) {
      const shape = shapes[index];
      if (!shape) throw new Error("no shape");
      expect(tile.x).toBeGreaterThanOrEqual(0);
      expect(tile.y).toBeGreaterThanOrEqual(0);
      expect(tile.x + tile.width).toBeLessThanOrEqual(space.width);
      expect(tile.y + tile.height).toBeLessThanOrEqual(height);
      expect(Math.abs(tile.width - (tile.height * shape.width) / shape.height)).toBeLessThanOrEqual(1);
      expect(tiles.filter((other) => other.row === tile.row).length).toBeLessThanOrEqual(MOST_IN_A_ROW);
      expect(tiles.slice(index + 1).some((other) => touch(tile, other))).toBe(false);
    }
  }
});

test("phones of one shape get the tallest tiles that any number of rows allows", () => {
  const pick = chance(11);
  const spacing = { gap: 8, least: 1, label: 0 };
  for (let round = 0; round < 200; round++) {
    const [count, space] = [pick(1, 45), { width: pick(400, 2600), height: pick(500, 1500) }];
    const size = pick(0, 1) ? TALL : { width: 1290, height: 2796 };
    const best = bestHeight(count, size, space, spacing.gap);
    if (best < 2) continue;
    expect(layOut(phones(count, size), space, spacing).tiles[0]?.height).toBe(Math.floor(best + 1e-6));
  }
});

test("what is under a point and under a band", () => {
  const layout = layOut(phones(6), { width: 1440, height: 900 });
  const tile = layout.tiles[4];
  if (!tile) throw new Error("no tile");
  expect(hit(layout, { x: tile.x, y: tile.y })?.id).toBe("p4");
  expect(hit(layout, { x: tile.x + tile.width, y: tile.y })).toBeNull();
  const band = { x: tile.x - 15, y: 0, width: 20, height: 900 };
  expect(touched(layout, band)).toEqual(["p0", "p1", "p3", "p4"]);
});

test.each([
  [null, "down", "p0"],
  ["p0", "left", "p0"],
  ["p0", "right", "p1"],
  ["p2", "right", "p3"],
  ["p4", "up", "p1"],
  ["p1", "down", "p4"],
  ["p6", "down", "p6"],
  ["p2", "down", "p5"],
  ["p5", "down", "p6"],
  ["p3", "last", "p6"],
  ["p3", "first", "p0"],
  ["gone", "up", "p0"],
] as const)("from %s %s is %s", (from, way, to) => {
  expect(neighbour(layOut(phones(7), { width: 700, height: 1400 }), from, way)).toBe(to);
});

test("beside one large phone room is left for buttons, whether it lies or stands", () => {
  for (const size of [LYING, TALL]) {
    const space = { width: 390, height: 640 };
    const [tile] = layOutSingle({ id: "p0", ...size }, space, SPACING, 56).tiles;
    expect(tile?.x).toBeGreaterThanOrEqual(56);
    expect((tile?.x ?? 0) + (tile?.width ?? 0)).toBeLessThanOrEqual(space.width - 56);
  }
});
