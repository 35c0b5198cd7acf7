// A phone as the app describes it to the wall. All texts are from outside and drawn as text only.
import type { Size } from "./shapes";

export interface WallPhone {
  id: string;
  /** Its number on the socket; null while the server gave it none. */
  channel: number | null;
  /** The number people call it by, shown half-transparent on its picture. */
  number: number;
  name: string;
  tags: readonly string[];
  /** Who holds it, or null. */
  holder: string | null;
  battery: { level: number; charging: boolean } | null;
  /** Why nothing can be done with it now ("offline since 14:02"), or null when all is well. */
  trouble: string | null;
  /** The screen that its regions were drawn for. */
  reference: Size;
  /** The app in front must be attended: one phone at a time. */
  attended: boolean;
}
