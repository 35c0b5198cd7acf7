// The brief before it is sent: its limits and what is missing. The server has the last word.

export const SHORTEST = 15;
export const LONGEST = 60;
export const TOPIC_LIMIT = 200;
export const TEXT_LIMIT = 1_000_000;

export interface Brief {
  character: string;
  topic: string;
  text: string;
  format: string;
  seconds: number;
}

export type Faults = Partial<Record<keyof Brief, string>>;

export function faultsOf(brief: Brief): Faults {
  const faults: Faults = {};
  if (!brief.character) faults.character = "Choose who speaks.";
  const topic = [...brief.topic.trim()].length;
  if (topic === 0) faults.topic = "Say what it is about.";
  if (topic > TOPIC_LIMIT) faults.topic = `A topic has up to ${TOPIC_LIMIT} characters. Put the rest into the text.`;
  if (new Blob([brief.text]).size > TEXT_LIMIT) faults.text = "The text may have up to 1 MB.";
  if (!brief.format) faults.format = "Choose a format.";
  return faults;
}

/** Spoken words that fit, at the pace of the bundled voices. */
export function wordsFor(seconds: number): number {
  return Math.round((seconds * 2.4) / 5) * 5;
}
