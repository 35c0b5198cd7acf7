// Drawing: one phone's tile with its picture, label, veil and frame; the band; the box of a press. Knows no state.
import type { Colours } from "./colours";
import type { Picture } from "./player";
import type { Box, Point } from "./shapes";

/** How far a frame may reach beyond its tile, in CSS pixels. */
export const GLOW = 5;

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
  low: boolean;
  /** Words over a veil: the picture can't be trusted, and why. */
  veil: string | null;
  note: Note | null;
  selected: boolean;
  current: boolean;
  crosshair: Point | null;
}

export function paintTile(ink: CanvasRenderingContext2D, view: TileView, colours: Colours): void {
  const { box } = view;
  fill(ink, inflated(box, GLOW), colours.ground);
  if (view.picture) ink.drawImage(view.picture.source, box.x, box.y, box.width, box.height);
  else fill(ink, box, colours.surface);
  ink.save();
  ink.beginPath();
  ink.rect(box.x, box.y, box.width, box.height);
  ink.clip();
  if (view.veil !== null) paintVeil(ink, view, view.veil, colours);
  paintNumber(ink, view, colours);
  paintLabel(ink, view, colours);
  if (view.note) paintNote(ink, box, view.note, colours);
  if (view.crosshair) paintCrosshair(ink, box, view.crosshair, colours);
  ink.restore();
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

/** The box around a press: fuller once it would be a long tap, a path once it is a swipe. */
export function paintPress(
  ink: CanvasRenderingContext2D,
  box: Box,
  path: readonly Point[],
  look: "tap" | "long tap" | "swipe",
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

function paintVeil(ink: CanvasRenderingContext2D, { box }: TileView, words: string, colours: Colours): void {
  ink.globalAlpha = 0.72;
  fill(ink, box, colours.surface);
  ink.globalAlpha = 1;
  const size = box.width < 120 ? 11 : 13;
  ink.font = `600 ${size}px ${colours.font}`;
  const lines = wrapped(ink, words, box.width - 12, 4);
  const top = box.y + box.height / 2 - (lines.length * size * 1.4) / 2;
  paintStruck(ink, { x: box.x + box.width / 2, y: top - 14 }, colours.wait);
  ink.textAlign = "center";
  ink.fillStyle = colours.ink;
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

function paintNumber(ink: CanvasRenderingContext2D, { box, number }: TileView, colours: Colours): void {
  const size = Math.round(Math.min(36, Math.max(13, box.height * 0.08)));
  ink.font = `700 ${size}px ${colours.font}`;
  const width = ink.measureText(number).width + size * 0.6;
  ink.globalAlpha = 0.6;
  fill(ink, { x: box.x, y: box.y, width, height: size * 1.3 }, colours.surface);
  ink.globalAlpha = 0.75;
  ink.fillStyle = colours.ink;
  ink.fillText(number, box.x + size * 0.3, box.y + size);
  ink.globalAlpha = 1;
}

const LINE = 17;

function paintLabel(ink: CanvasRenderingContext2D, view: TileView, colours: Colours): void {
  const { box } = view;
  if (box.width < 48 || box.height < 90) return;
  const more = box.height < 240 ? [] : [view.holder, view.tags].filter(Boolean);
  // On a low tile who holds the phone matters more than what it is called; its number stands there anyway.
  const name = box.height < 240 && view.holder ? view.holder : view.name;
  const height = LINE * (1 + more.length) + 5;
  const top = box.y + box.height - height;
  ink.globalAlpha = 0.84;
  fill(ink, { x: box.x, y: top, width: box.width, height }, colours.surface);
  ink.globalAlpha = 1;
  ink.font = `500 11px ${colours.font}`;
  const figures = box.width < 84 ? "" : view.battery;
  const taken = figures ? ink.measureText(figures).width + 10 : 0;
  ink.fillStyle = view.low ? colours.broken : colours.quiet;
  if (figures) ink.fillText(figures, box.x + box.width - taken + 5, top + 14);
  ink.fillStyle = colours.ink;
  ink.fillText(fitted(ink, name, box.width - taken - 8), box.x + 5, top + 14);
  ink.fillStyle = colours.quiet;
  for (const [index, line] of more.entries()) {
    ink.fillText(fitted(ink, line, box.width - 10), box.x + 5, top + 14 + LINE * (index + 1));
  }
}

const MARKS: Record<Note["kind"], string> = { running: "…", done: "✓", failed: "✕", "left out": "–" };

function paintNote(ink: CanvasRenderingContext2D, box: Box, { kind, words }: Note, colours: Colours): void {
  const colour = { running: colours.quiet, done: colours.go, failed: colours.broken, "left out": colours.wait }[kind];
  ink.font = `600 11px ${colours.font}`;
  const lines = wrapped(ink, `${MARKS[kind]} ${words}`, box.width - 12, 3);
  const top = box.y + Math.min(52, box.height * 0.16);
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

/** The text cut to a width, with an ellipsis. Text only: `fillText` knows no markup. */
function fitted(ink: CanvasRenderingContext2D, text: string, width: number): string {
  if (ink.measureText(text).width <= width) return text;
  const letters = [...text];
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (ink.measureText(`${letters.slice(0, middle).join("")}…`).width <= width) least = middle;
    else most = middle - 1;
  }
  return least ? `${letters.slice(0, least).join("")}…` : "";
}

function wrapped(ink: CanvasRenderingContext2D, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && ink.measureText(`${last} ${word}`).width <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.slice(0, most).map((line) => fitted(ink, line, width));
}
