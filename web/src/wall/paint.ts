// Drawing: one phone's tile with its picture, label, veil and frame; the band; the box of a press. Knows no state.
import { type Acting, isLong } from "./act";
import type { Colours } from "./colours";
import { onGlass } from "./glass";
import { fitted, wrapped } from "./lines";
import type { Picture } from "./player";
import type { Box, Point } from "./shapes";

/** How far a frame may reach beyond its tile, in CSS pixels. */
export const GLOW = 5;

/** How far a label reaches below its tile: no more than the layout's room for it and the gap. */
export const LABEL = 26;

/** A result or a reason shown on the tile for a while. */
export interface Note {
  kind: "running" | "done" | "failed" | "left out";
  words: string;
}

/** All that is drawn of one phone; texts are already plain. */
export interface TileView {
  box: Box;
  picture: Picture | null;
  number: string;
  name: string;
  holder: string;
  tags: string;
  battery: string;
  charging: boolean;
  low: boolean;
  /** Words over a veil: the picture can't be trusted, and why. */
  veil: string | null;
  /** Nothing is wrong: its first picture is on its way. */
  waiting: boolean;
  note: Note | null;
  selected: boolean;
  current: boolean;
  crosshair: Point | null;
}

export function paintTile(ink: CanvasRenderingContext2D, view: TileView, colours: Colours): void {
  const { box } = view;
  fill(ink, inflated(box, GLOW), colours.ground);
  fill(ink, { ...box, y: box.y + box.height, height: LABEL }, colours.ground);
  if (view.picture) ink.drawImage(view.picture.source, box.x, box.y, box.width, box.height);
  else fill(ink, box, colours.surface);
  ink.save();
  ink.beginPath();
  ink.rect(box.x, box.y, box.width, box.height);
  ink.clip();
  if (view.veil !== null) paintVeil(ink, view, view.veil, colours);
  paintCorner(ink, view, colours);
  if (view.note) paintNote(ink, box, view.note, colours);
  if (view.crosshair) paintCrosshair(ink, box, view.crosshair, colours);
  ink.restore();
  paintLabel(ink, view, colours);
  paintFrame(ink, view, colours);
}

export function paintBand(ink: CanvasRenderingContext2D, band: Box, { pick }: Colours): void {
  ink.save();
  ink.globalAlpha = 0.15;
  fill(ink, band, pick);
  ink.globalAlpha = 1;
  ink.strokeStyle = pick;
  ink.strokeRect(band.x + 0.5, band.y + 0.5, band.width, band.height);
  ink.restore();
}

type Look = "tap" | "long tap" | "swipe";

/** What a press under way would be if it ended now; says which. */
export function paintActing(
  ink: CanvasRenderingContext2D,
  acting: Exclude<Acting, { kind: "idle" }>,
  now: number,
  colours: Colours,
): Look {
  const look = acting.kind === "swiping" ? "swipe" : isLong(acting, now) ? "long tap" : "tap";
  const path = acting.path.map((sample) => onGlass(sample, acting.glass.tile));
  paintPress(ink, acting.box, path, look, colours);
  return look;
}

/** The box around a press: fuller once it would be a long tap, a path once it is a swipe. */
function paintPress(
  ink: CanvasRenderingContext2D,
  box: Box,
  path: readonly Point[],
  look: Look,
  colours: Colours,
): void {
  ink.save();
  ink.lineWidth = 2;
  for (const [colour, width] of [
    [colours.surface, 4],
    [colours.pick, 2],
  ] as const) {
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    if (look === "swipe") {
      ink.beginPath();
      for (const { x, y } of path) ink.lineTo(x, y);
      ink.stroke();
    } else ink.strokeRect(box.x, box.y, box.width, box.height);
  }
  if (look === "long tap") {
    ink.globalAlpha = 0.4;
    fill(ink, box, colours.pick);
  }
  ink.restore();
}

/** In the font that is set. Text only: `fillText` knows no markup. */
const widthIn = (ink: CanvasRenderingContext2D) => (text: string) => ink.measureText(text).width;

function fill(ink: CanvasRenderingContext2D, { x, y, width, height }: Box, colour: string): void {
  ink.fillStyle = colour;
  ink.fillRect(x, y, width, height);
}

const inflated = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

function paintVeil(ink: CanvasRenderingContext2D, { box, waiting }: TileView, words: string, colours: Colours): void {
  ink.globalAlpha = 0.72;
  fill(ink, box, colours.surface);
  ink.globalAlpha = 1;
  const size = box.width < 120 ? 11 : 13;
  ink.font = `${waiting ? 400 : 600} ${size}px ${colours.font}`;
  // As many lines as there is room for below the icon: how to help a phone takes a whole sentence.
  const room = Math.floor((box.height - 48) / (size * 1.4));
  const lines = wrapped(widthIn(ink), words, box.width - 12, Math.max(1, room));
  const top = box.y + box.height / 2 - (lines.length * size * 1.4) / 2;
  if (!waiting) paintStruck(ink, { x: box.x + box.width / 2, y: top - 14 }, colours.wait);
  ink.textAlign = "center";
  ink.fillStyle = waiting ? colours.quiet : colours.ink;
  for (const [index, line] of lines.entries()) {
    ink.fillText(line, box.x + box.width / 2, top + size * (1 + index * 1.4));
  }
  ink.textAlign = "left";
}

/** The icon of a veil: a screen struck through. */
function paintStruck(ink: CanvasRenderingContext2D, { x, y }: Point, colour: string): void {
  ink.strokeStyle = colour;
  ink.lineWidth = 2;
  ink.strokeRect(x - 5, y - 8, 10, 16);
  ink.beginPath();
  ink.moveTo(x - 9, y + 9);
  ink.lineTo(x + 9, y - 9);
  ink.stroke();
}

/** Number and holder, half-transparent in the corner of the status bar. */
function paintCorner(ink: CanvasRenderingContext2D, { box, number, holder }: TileView, colours: Colours): void {
  const size = Math.round(Math.min(24, Math.max(12, box.height * 0.06)));
  ink.font = `700 ${size}px ${colours.font}`;
  const width = ink.measureText(number).width + size * 0.7;
  ink.globalAlpha = 0.62;
  fill(ink, { x: box.x, y: box.y, width, height: size * 1.4 }, colours.surface);
  ink.globalAlpha = 0.85;
  ink.fillStyle = colours.ink;
  ink.fillText(number, box.x + size * 0.35, box.y + size * 1.06);
  ink.globalAlpha = 1;
  if (!holder || box.width < 60) return;
  ink.font = `600 11px ${colours.font}`;
  const words = fitted(widthIn(ink), holder, box.width - width - 16);
  const across = ink.measureText(words).width + 10;
  const high = Math.min(18, size * 1.4);
  ink.globalAlpha = 0.88;
  fill(ink, { x: box.x + width, y: box.y, width: across, height: high }, colours.surface);
  ink.globalAlpha = 1;
  ink.fillStyle = colours.pick;
  ink.fillText(words, box.x + width + 5, box.y + high - 5);
}

/** Below the picture: name and tags, battery at the end. */
function paintLabel(ink: CanvasRenderingContext2D, view: TileView, colours: Colours): void {
  const { box } = view;
  if (box.width < 40) return;
  const base = box.y + box.height + 19;
  ink.font = `500 11px ${colours.font}`;
  const figures = box.width < 72 ? "" : view.battery;
  const taken = figures ? ink.measureText(figures).width + (view.charging ? 20 : 10) : 0;
  ink.fillStyle = view.low ? colours.broken : colours.quiet;
  if (figures) {
    ink.fillText(figures, box.x + box.width - taken + 10, base);
    if (view.charging) paintBolt(ink, { x: box.x + box.width - 6, y: base - 4 });
  }
  ink.fillStyle = colours.ink;
  const name = fitted(widthIn(ink), view.name, box.width - taken);
  ink.fillText(name, box.x, base);
  const left = box.width - taken - ink.measureText(name).width - 8;
  if (!view.tags || left < 24) return;
  ink.fillStyle = colours.quiet;
  ink.fillText(fitted(widthIn(ink), view.tags, left), box.x + box.width - taken - left, base);
}

/** It is charging. */
function paintBolt(ink: CanvasRenderingContext2D, { x, y }: Point): void {
  ink.beginPath();
  for (const [across, down] of [
    [1, -5],
    [-3, 1],
    [0, 1],
    [-1, 5],
    [3, -1],
    [0, -1],
  ] as const)
    ink.lineTo(x + across, y + down);
  ink.closePath();
  ink.fill();
}

const MARKS: Record<Note["kind"], string> = { running: "…", done: "✓", failed: "✕", "left out": "–" };

function paintNote(ink: CanvasRenderingContext2D, box: Box, { kind, words }: Note, colours: Colours): void {
  const colour = { running: colours.quiet, done: colours.go, failed: colours.broken, "left out": colours.wait }[kind];
  ink.font = `600 11px ${colours.font}`;
  const down = Math.min(52, box.height * 0.16);
  const room = Math.floor((box.height - down - 7) / 15);
  const lines = wrapped(widthIn(ink), `${MARKS[kind]} ${words}`, box.width - 12, Math.min(6, Math.max(1, room)));
  const top = box.y + down;
  ink.globalAlpha = 0.92;
  fill(ink, { x: box.x, y: top, width: box.width, height: lines.length * 15 + 7 }, colours.surface);
  ink.globalAlpha = 1;
  ink.fillStyle = colour;
  for (const [index, line] of lines.entries()) ink.fillText(line, box.x + 6, top + 15 + index * 15);
}

function paintCrosshair(ink: CanvasRenderingContext2D, box: Box, at: Point, colours: Colours): void {
  const [x, y] = [box.x + at.x * box.width, box.y + at.y * box.height];
  for (const [colour, width] of [
    [colours.surface, 4],
    [colours.pick, 2],
  ] as const) {
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    ink.beginPath();
    ink.moveTo(x - 9, y);
    ink.lineTo(x + 9, y);
    ink.moveTo(x, y - 9);
    ink.lineTo(x, y + 9);
    ink.stroke();
  }
}

/** The glow is a second, fainter stroke: a blurred shadow would cost more than the picture. All lies beside the tile. */
function paintFrame(ink: CanvasRenderingContext2D, { box, selected, current }: TileView, colours: Colours): void {
  const around = (width: number, alpha: number, colour: string, dash: number[] = []) => {
    const { x, y, width: across, height } = inflated(box, width / 2);
    ink.save();
    ink.globalAlpha = alpha;
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    ink.setLineDash(dash);
    ink.strokeRect(x, y, across, height);
    ink.restore();
  };
  if (selected) {
    around(GLOW, 0.4, colours.pick);
    around(3, 1, colours.pick);
  } else around(1, 1, colours.line);
  if (current) around(2, 1, selected ? colours.surface : colours.ink, [4, 3]);
}
