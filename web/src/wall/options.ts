// What an app gives the wall, and is told by it.
import type { Gesture } from "./act";
import type { Aim } from "./aim";
import type { Spacing } from "./layout";
import type { Selecting } from "./select";
import type { ShownFrame } from "./shown";
import type { Quality } from "./watch";

export interface WallOptions {
  /** What the list is called to a screen reader. */
  label: string;
  /** A sentence for a live region; at most once a second is the app's part. */
  say(sentence: string): void;
  changed(choice: Selecting): void;
  /** Something was done on phones: send it. `text` asks for a text first. */
  acted(kind: Gesture["kind"], aim: Aim): void;
  /** Which pictures are wanted from now on, by number on the socket. */
  watch(channel: number, quality: Quality): void;
  /** A key frame is needed, or JPEG because this browser decodes no H.264. */
  ask(channel: number, what: "refresh" | "jpeg"): void;
  /** The frames that reached the glass since the last call. */
  shown?(frames: readonly ShownFrame[]): void;
  /** A message was no frame; the words are for a log. */
  refused?(words: string): void;
  spacing?: Spacing;
  /** CSS pixels to leave free on either side of one large phone, for the app's buttons. */
  beside?: number;
  /** Milliseconds without a frame or a sign of life after which a picture is stale. */
  staleAfter?: number;
}
