import { expect, test } from "vitest";
import { qr } from "./qr";

// As another program draws it; so were texts of versions 2, 4, 5, 9 and 15 compared when this was written.
test("a short text becomes the smallest code", () => {
  expect(qr("Grün ☃")?.map((row) => row.map((on) => (on ? "#" : ".")).join(""))).toEqual([
    "#######..#.##.#######",
    "#.....#.##.#..#.....#",
    "#.###.#.##..#.#.###.#",
    "#.###.#..#.#..#.###.#",
    "#.###.#.#...#.#.###.#",
    "#.....#.#..##.#.....#",
    "#######.#.#.#.#######",
    "........#####........",
    "##.#..##.##...###.##.",
    "...#.....#...##..#..#",
    "#####.#.....###.#...#",
    "##..#...#..#.#.####..",
    ".....##.###.#.#.#.###",
    "........####...#.#...",
    "#######.#....###...#.",
    "#.....#...####.#.##..",
    "#.###.#..###.##..#.#.",
    "#.###.#.#..#...######",
    "#.###.#..##.#...#.#.#",
    "#.....#.###..###.....",
    "#######.#..##..#.#.#.",
  ]);
});

test.each([
  [17, 21],
  [18, 25],
  [99, 37],
  [520, 77],
])("%i letters take %i modules", (letters, size) => {
  expect(qr("a".repeat(letters))).toHaveLength(size);
});

test("what does not fit is not drawn", () => expect(qr("a".repeat(521))).toBeNull());
