// Drawing: one phone's tile with its picture, label, veil and frame; the band; the box of a press. Knows no state.
import { type Acting, isLong } from "./act";
import type { Colours } from "./colours";
import { onGlass } from "./glass";
import { fitted, wrapped } from "./lines";
import type { Picture } from "./player";
import { type Box, clamp, type Point } from "./shapes";

/** How far a frame may reach beyond its tile, in CSS pixels. */
export const GLOW = 5;

/** How far a label reaches below its tile: no more than the layout's room for it and the gap. */
export const LABEL = 26;

/** Narrower tiles bear no label. */
const LEAST_LABEL = 40;

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
  paintNumber(ink, view, colours);
  const brief = view.note && isBrief(ink, view, view.note, colours);
  if (view.note && !brief) paintNote(ink, box, view.note, colours);
  if (view.crosshair) paintCrosshair(ink, box, view.crosshair, colours);
  ink.restore();
  paintLabel(ink, view, brief ? view.note : null, colours);
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

/** The number, half-transparent in the middle of the status bar, where phones show nothing of their own. */
function paintNumber(ink: CanvasRenderingContext2D, { box, number }: TileView, colours: Colours): void {
  const size = Math.round(clamp(Math.min(box.width, box.height) * 0.045, 11, 20));
  ink.font = `700 ${size}px ${colours.font}`;
  const [width, height] = [ink.measureText(number).width + size, size * 1.3];
  const x = box.x + (box.width - width) / 2;
  ink.globalAlpha = 0.72;
  ink.fillStyle = colours.surface;
  ink.beginPath();
  ink.roundRect(x, box.y, width, height, [0, 0, 6, 6]);
  ink.fill();
  ink.globalAlpha = 1;
  ink.fillStyle = colours.ink;
  ink.fillText(number, x + size / 2, box.y + size * 1.02);
}

const label = ({ font }: Colours, weight = 500) => `${weight} 11px ${font}`;

/** How much of the label the battery takes. */
function batteryRoom(ink: CanvasRenderingContext2D, { box, battery, charging }: TileView): number {
  return battery && box.width >= 72 ? ink.measureText(battery).width + (charging ? 20 : 10) : 0;
}

/** Below the picture: name, tags, who holds it, battery at the end; for a while a result instead of the first three. */
function paintLabel(ink: CanvasRenderingContext2D, view: TileView, note: Note | null, colours: Colours): void {
  const { box } = view;
  if (box.width < LEAST_LABEL) return;
  const base = box.y + box.height + 19;
  ink.font = label(colours);
  const taken = batteryRoom(ink, view);
  ink.fillStyle = view.low ? colours.broken : colours.quiet;
  if (taken) {
    ink.fillText(view.battery, box.x + box.width - taken + 10, base);
    if (view.charging) paintBolt(ink, { x: box.x + box.width - 6, y: base - 4 });
  }
  if (note) {
    ink.font = label(colours, 600);
    ink.fillStyle = noteColour(note, colours);
    ink.fillText(noteWords(note), box.x, base);
    return;
  }
  const room = box.width - taken - paintHolder(ink, view, { x: box.x + box.width - taken, y: base }, colours);
  ink.font = label(colours);
  ink.fillStyle = colours.ink;
  const name = fitted(widthIn(ink), view.name, room);
  ink.fillText(name, box.x, base);
  const left = room - ink.measureText(name).width - 8;
  if (!view.tags || left < 24) return;
  ink.fillStyle = colours.quiet;
  ink.fillText(fitted(widthIn(ink), view.tags, left), box.x + room - left, base);
}

/** Who holds it, on a plate that ends at `end`; how much of the label that takes. */
function paintHolder(ink: CanvasRenderingContext2D, view: TileView, end: Point, colours: Colours): number {
  const { holder, box } = view;
  if (!holder || box.width < 60) return 0;
  ink.font = label(colours, 600);
  const words = fitted(widthIn(ink), holder, box.width * 0.45);
  const width = ink.measureText(words).width + 10;
  ink.fillStyle = colours.surface;
  ink.beginPath();
  ink.roundRect(end.x - width, end.y - 12, width, 16, 4);
  ink.fill();
  ink.fillStyle = colours.ink;
  ink.fillText(words, end.x - width + 5, end.y);
  return width + 6;
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
const noteWords = ({ kind, words }: Note) => `${MARKS[kind]} ${words}`;
const noteColour = ({ kind }: Note, { quiet, go, broken, wait }: Colours) =>
  ({ running: quiet, done: go, failed: broken, "left out": wait })[kind];

/** Whether the label has room for it: then nothing of the picture is covered. */
function isBrief(ink: CanvasRenderingContext2D, view: TileView, note: Note, colours: Colours): boolean {
  ink.font = label(colours);
  const room = view.box.width - batteryRoom(ink, view);
  ink.font = label(colours, 600);
  return view.box.width >= LEAST_LABEL && ink.measureText(noteWords(note)).width <= room;
}

/** At the picture's lower end: what stands above is what was pressed most likely. */
function paintNote(ink: CanvasRenderingContext2D, box: Box, note: Note, colours: Colours): void {
  ink.font = label(colours, 600);
  const room = Math.floor((box.height - 7) / 15);
  const lines = wrapped(widthIn(ink), noteWords(note), box.width - 12, clamp(room, 1, 6));
  const height = lines.length * 15 + 7;
  const top = box.y + box.height - height;
  ink.globalAlpha = 0.92;
  fill(ink, { x: box.x, y: top, width: box.width, height }, colours.surface);
  ink.globalAlpha = 1;
  ink.fillStyle = noteColour(note, colours);
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
