// From a point on the glass of a tile to the phone behind it: fractions, pixels, and the box of a press. Pure.
import { type Box, clamp, type Point, type Size } from "./shapes";

/** The side of the box around a press, in pixels of the phone's reference screen. */
const BOX = 100;

/** What it never falls below, in CSS pixels on the glass. */
const LEAST_BOX = 12;

/** How far two ratios may differ and still be one shape: encoders round sizes to multiples of 16. */
const SHAPE_SLACK = 0.06;

/** The frame that stood on the glass: what was seen is what is acted on. */
export interface Seen extends Size {
  /** As the wire numbers it. */
  sequence: number;
}

/** One phone as it stands on the wall at this moment. */
export interface Glass {
  id: string;
  /** Where its picture is, in the wall's content. */
  tile: Box;
  /** The screen that boxes were drawn for. */
  reference: Size;
  /** The frame shown now; null while there was none. */
  seen: Seen | null;
  /** The picture cannot be trusted to be what the phone shows. */
  stale: boolean;
}

/** The box that a press opens around its point; leaving it makes a swipe. */
export function pressBox(at: Point, tile: Size, reference: Size): Box {
  const scale = Math.max(tile.width, tile.height) / Math.max(reference.width, reference.height, 1);
  const side = Math.max(LEAST_BOX, BOX * scale);
  return { x: at.x - side / 2, y: at.y - side / 2, width: side, height: side };
}

/** Where a point of the content lies on the tile, from 0 to 1; a finger that leaves the glass stays at its edge. */
export function fraction(at: Point, tile: Box): Point {
  return { x: clamp((at.x - tile.x) / tile.width, 0, 1), y: clamp((at.y - tile.y) / tile.height, 0, 1) };
}

/** The reverse of `fraction`. */
export function onGlass(at: Point, tile: Box): Point {
  return { x: tile.x + at.x * tile.width, y: tile.y + at.y * tile.height };
}

/** The pixel of a frame under a fraction of its picture. */
export function pixel(at: Point, frame: Size): Point {
  const along = (part: number, length: number) => clamp(Math.floor(part * length), 0, length - 1);
  return { x: along(at.x, frame.width), y: along(at.y, frame.height) };
}

/** Whether two pictures are of one shape; if not, the phone turned or folded. */
export function sameShape(a: Size, b: Size): boolean {
  const [one, other] = [a.width / a.height, b.width / b.height];
  return Math.abs(one - other) <= SHAPE_SLACK * Math.max(one, other);
}
