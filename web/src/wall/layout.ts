// Where each phone stands on the wall: rows of at most five that fill the space, or one large phone. Pure.
import { type Box, clamp, inside, type Point, type Size, touch } from "./shapes";

export const MOST_IN_A_ROW = 5;

/** What the layout must know of a phone: its id and the size of its picture, of which only the ratio counts. */
export interface Shape extends Size {
  id: string;
}

export interface Tile extends Box {
  id: string;
  row: number;
}

export interface Layout {
  tiles: readonly Tile[];
  /** As high as the space, or higher: then the wall scrolls. */
  height: number;
}

export interface Spacing {
  /** Between tiles and around them. */
  gap: number;
  /** Rows lower than this are of no use: the wall then scrolls rather than shrink further. */
  least: number;
  /** Below each picture, for its phone's name: nothing of a phone is covered. */
  label: number;
}

export const SPACING: Spacing = { gap: 10, least: 150, label: 20 };

/**
 * Phones in rows of at most five, in their order. Tiles of a row are equally high; a row that holds a phone lying on
 * its side is lower than the others. Of all numbers of rows, and where some lie and some stand of all breadths too, the
 * one that covers most of the space is taken.
 */
export function layOut(shapes: readonly Shape[], space: Size, spacing: Spacing = SPACING): Layout {
  const { gap, least, label } = spacing;
  if (!shapes.length || space.width <= 2 * gap || space.height <= 2 * gap) return { tiles: [], height: space.height };
  const found: { rows: Shape[][]; heights: number[]; area: number }[] = [];
  const add = (rows: Shape[][], limits: number[]) => {
    const heights = rowHeights(rows, space.height - rows.length * label, gap, limits);
    if (Math.min(...heights) >= least) found.push({ rows, heights, area: covered(rows, heights) });
  };
  for (let count = Math.ceil(shapes.length / MOST_IN_A_ROW); count <= shapes.length; count++) {
    const rows = inRows(shapes, Math.ceil(shapes.length / count));
    if (rows.length === count) add(rows, widest(rows, space.width, gap));
  }
  if (shapes.some(lies) && !shapes.every(lies)) {
    for (const rows of filled(shapes)) add(rows, widestEach(rows, space.width, gap));
  }
  const [first, ...others] = found;
  if (!first) return scrolling(shapes, space, spacing);
  const { rows, heights } = others.reduce((most, one) => (one.area > most.area ? one : most), first);
  return place(rows, heights, space, spacing);
}

/** One phone as large as the space allows, in its middle; `beside` it at least so much is left free. */
export function layOutSingle(shape: Shape, space: Size, { gap, label }: Spacing = SPACING, beside = gap): Layout {
  const room = {
    width: Math.max(1, space.width - 2 * Math.max(gap, beside)),
    height: Math.max(1, space.height - 2 * gap - label),
  };
  const scale = Math.min(room.width / shape.width, room.height / shape.height);
  const width = Math.max(1, Math.floor(shape.width * scale + ROUNDING));
  const height = Math.max(1, Math.floor(shape.height * scale + ROUNDING));
  const x = Math.floor((space.width - width) / 2);
  const y = Math.floor((space.height - label - height) / 2);
  return { tiles: [{ id: shape.id, row: 0, x, y, width, height }], height: space.height };
}

/** The phone under the point, if there is one. */
export function hit(layout: Layout, point: Point): Tile | null {
  return layout.tiles.find((tile) => inside(point, tile)) ?? null;
}

/** The phones that a band touches, in order. */
export function touched(layout: Layout, band: Box): readonly string[] {
  return layout.tiles.filter((tile) => touch(tile, band)).map((tile) => tile.id);
}

export type Way = "left" | "right" | "up" | "down" | "first" | "last";

/** Where an arrow key leads from `from`; the first phone if nothing is current. At an edge it stays. */
export function neighbour(layout: Layout, from: string | null, way: Way): string | null {
  const { tiles } = layout;
  const index = tiles.findIndex((tile) => tile.id === from);
  const here = tiles[index];
  if (way === "last") return tiles.at(-1)?.id ?? null;
  if (!here || way === "first") return tiles[0]?.id ?? null;
  if (way === "left" || way === "right") {
    return tiles[clamp(index + (way === "left" ? -1 : 1), 0, tiles.length - 1)]?.id ?? null;
  }
  const row = here.row + (way === "up" ? -1 : 1);
  const away = (tile: Tile) => Math.abs(tile.x + tile.width / 2 - here.x - here.width / 2);
  const there = tiles.filter((tile) => tile.row === row).sort((a, b) => away(a) - away(b));
  return (there[0] ?? here).id;
}

/** Keeps 879.9999 from becoming 879. */
const ROUNDING = 1e-6;

const lies = (shape: Size) => shape.width > shape.height;
const ratio = (shape: Size) => shape.width / shape.height;
const breadth = (row: readonly Shape[]) => row.reduce((sum, shape) => sum + ratio(shape), 0);

function inRows(shapes: readonly Shape[], columns: number): Shape[][] {
  const rows: Shape[][] = [];
  for (let at = 0; at < shapes.length; at += columns) rows.push(shapes.slice(at, at + columns));
  return rows;
}

/** The phones in rows that are each filled up to a breadth, for every breadth that makes a difference. */
function filled(shapes: readonly Shape[]): Shape[][][] {
  const breadths = new Set<number>();
  for (let from = 0; from < shapes.length; from++) {
    for (let to = from + 1; to <= Math.min(shapes.length, from + MOST_IN_A_ROW); to++)
      breadths.add(breadth(shapes.slice(from, to)));
  }
  const broadest = Math.max(...shapes.map(ratio));
  return [...breadths].filter((most) => most >= broadest).map((most) => filledTo(shapes, most));
}

function filledTo(shapes: readonly Shape[], most: number): Shape[][] {
  const rows: Shape[][] = [];
  for (const shape of shapes) {
    const row = rows.at(-1);
    if (row && row.length < MOST_IN_A_ROW && breadth([...row, shape]) <= most + ROUNDING) row.push(shape);
    else rows.push([shape]);
  }
  return rows;
}

/** How high each row may be for its width. What is missing in a short row counts as the slimmest phone. */
function widest(rows: Shape[][], width: number, gap: number): number[] {
  const columns = rows[0]?.length ?? 1;
  const slimmest = Math.min(...rows.flat().map(ratio));
  const room = Math.max(0, width - gap * (columns + 1));
  return rows.map((row) => room / (breadth(row) + slimmest * (columns - row.length)));
}

/** The same for rows of as many as fit. */
function widestEach(rows: Shape[][], width: number, gap: number): number[] {
  return rows.map((row) => Math.max(0, width - gap * (row.length + 1)) / breadth(row));
}

/** The greatest common height; rows too broad for it are as high as they may be, the others share what is left. */
function rowHeights(rows: Shape[][], height: number, gap: number, limits: number[]): number[] {
  const sorted = [...limits].sort((a, b) => a - b);
  let left = Math.max(0, height - gap * (rows.length + 1));
  let common = sorted.at(-1) ?? 0;
  for (const [index, limit] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (limit >= share) {
      common = share;
      break;
    }
    left -= limit;
  }
  return limits.map((limit) => Math.min(limit, common));
}

function covered(rows: Shape[][], heights: number[]): number {
  return rows.reduce((sum, row, index) => sum + breadth(row) * (heights[index] ?? 0) ** 2, 0);
}

function scrolling(shapes: readonly Shape[], space: Size, spacing: Spacing): Layout {
  const { gap, least } = spacing;
  let columns = MOST_IN_A_ROW + 1;
  let rows: Shape[][];
  let limits: number[];
  do {
    columns -= 1;
    rows = inRows(shapes, columns);
    limits = widest(rows, space.width, gap);
  } while (columns > 1 && limits.some((limit) => limit < least));
  return place(
    rows,
    limits.map((limit) => Math.min(least, limit)),
    space,
    spacing,
  );
}

function place(rows: Shape[][], heights: number[], space: Size, { gap, label }: Spacing): Layout {
  const sizes = rows.map((row, index) =>
    row.map((shape) => {
      const height = Math.max(1, Math.floor((heights[index] ?? 0) + ROUNDING));
      return { id: shape.id, height, width: Math.max(1, Math.floor(ratio(shape) * height + ROUNDING)) };
    }),
  );
  const widths = sizes.map((row) => row.reduce((sum, one) => sum + one.width, gap * (row.length - 1)));
  const left = Math.floor((space.width - Math.max(...widths)) / 2);
  const tiles: Tile[] = [];
  let y = gap;
  for (const [row, members] of sizes.entries()) {
    let x = left;
    for (const one of members) {
      tiles.push({ ...one, row, x, y });
      x += one.width + gap;
    }
    y += (members[0]?.height ?? 0) + label + gap;
  }
  return { tiles, height: Math.max(space.height, y) };
}
