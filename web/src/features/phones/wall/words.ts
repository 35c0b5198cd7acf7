// What the wall says of acts and of phones that come, go and change hands. Pure; names are made plain where they are drawn.
import { capital } from "@/lib/capital";
import type { NotTaken, Verb } from "./messages";

/** What a person did, as the middle of a sentence: "before the tap". */
export type Deed = "tap" | "long tap" | "swipe" | "scroll" | "key" | Verb;

const DEEDS: Record<Deed, { name: string; noun: string; done: string; nothing: string }> = {
  tap: { name: "Tap", noun: "tap", done: "tapped", nothing: "nothing was pressed" },
  "long tap": { name: "Long tap", noun: "long tap", done: "long-tapped", nothing: "nothing was pressed" },
  swipe: { name: "Swipe", noun: "swipe", done: "swiped", nothing: "nothing was moved" },
  scroll: { name: "Scroll", noun: "scroll", done: "scrolled", nothing: "nothing was moved" },
  key: { name: "Key", noun: "key", done: "pressed", nothing: "nothing was pressed" },
  text: { name: "Type", noun: "text", done: "typed", nothing: "nothing was typed" },
  set_clipboard: { name: "Fill the clipboard", noun: "text", done: "on the clipboard", nothing: "nothing was copied" },
  read_clipboard: { name: "Read the clipboard", noun: "question", done: "read", nothing: "nothing was read" },
  rotate: { name: "Turn", noun: "turn", done: "turned", nothing: "nothing was turned" },
  reboot: { name: "Restart", noun: "restart", done: "restarts", nothing: "nothing was restarted" },
  launch: { name: "Open app", noun: "app", done: "opened", nothing: "nothing was opened" },
  stop: { name: "Close app", noun: "app", done: "closed", nothing: "nothing was closed" },
  screenshot: { name: "Screenshot", noun: "screenshot", done: "taken", nothing: "no picture was taken" },
  install: { name: "Install", noun: "installing", done: "installed", nothing: "nothing was installed" },
  push: { name: "Send file", noun: "file", done: "on the phone", nothing: "nothing was sent" },
};

export const deedName = (deed: Deed): string => DEEDS[deed].name;
export const doneWords = (deed: Deed): string => DEEDS[deed].done;

/** How long an act name may quote what it is about. */
const QUOTED = 40;

/** “Type ‘hello…’”. */
export function quoted(deed: Deed, about: string): string {
  const line = about.replace(/\s+/g, " ").trim();
  const letters = [...line];
  return `${DEEDS[deed].name} “${letters.length > QUOTED ? `${letters.slice(0, QUOTED).join("")}…` : line}”`;
}

/** Why an act did not reach its phone, and that nothing came of it where that is known. */
export function notTakenWords(kind: NotTaken, deed: Deed, holder = ""): string {
  const { noun, nothing } = DEEDS[deed];
  switch (kind) {
    case "offline":
      return `unplugged before the ${noun}; ${nothing}`;
    case "lost":
      return `its screen turned or began anew under the ${noun}; ${PERHAPS}`;
    case "timed_out":
      return `it did not answer the ${noun} in time; ${PERHAPS}`;
    case "busy":
      return `the phone was busy with something else; ${nothing}`;
    case "stale":
      return `${holder ? `${holder} took it over` : "it changed hands"} before the ${noun}; ${nothing}`;
    case "nobody":
      return `it was given back before the ${noun}; ${nothing}`;
    case "expired":
      return `nothing was heard of you for a minute, so it was given back before the ${noun}; ${nothing}`;
    case "unknown":
      return `gone before the ${noun}: its agent does not see it any more; ${nothing}`;
    case "attended":
      return `an attended app is in front, and it takes one phone at a time; ${nothing}`;
    case "finger":
      return `another window of yours has a finger on it; ${nothing}`;
    case "failed":
      return `the phone did not take the ${noun}; ${nothing}`;
  }
}

/** `Done.kind` may be one of the kinds above, or an error of the phone with its own sentence. */
export function doFailedWords(kind: string, sentence: string, deed: Deed, holder = ""): string {
  if (sentence) return sentence;
  return notTakenWords(isNotTaken(kind) ? kind : "failed", deed, holder);
}

/** Whether it may have come through in spite of this answer. */
export const mayHaveCome = (kind: string): boolean => kind === "lost" || kind === "timed_out";

/** The phone was taken later than what its person saw on it is worth. */
export function tooLateWords(deed: Deed): string {
  return `it took too long to take the phone; ${DEEDS[deed].nothing}: look at its screen, and do it again`;
}

const NOT_TAKEN: readonly string[] = [
  "stale",
  "nobody",
  "expired",
  "unknown",
  "lost",
  "offline",
  "failed",
  "attended",
  "timed_out",
  "busy",
  "finger",
] satisfies NotTaken[];
const isNotTaken = (kind: string): kind is NotTaken => NOT_TAKEN.includes(kind);

/** What nobody can say must not be repeated blindly. */
export const PERHAPS = "it is not known whether it came through: look at its screen before you repeat it";
export const UNANSWERED = `no answer came; ${PERHAPS}`;
export const CUT_OFF = `the connection broke; ${PERHAPS}`;
export const NOT_SENT = "not connected; nothing was sent";

/** `3`, `3 and 4`, `1 to 6 and 8`, `1, 3, 5, 7 and 8 more`. */
export function numbersWords(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else runs.push([number]);
  }
  const parts = runs.flatMap((run) => (run.length > 2 ? [`${run[0]} to ${run.at(-1)}`] : run.map(String)));
  if (parts.length < 2) return parts.join("");
  if (parts.length <= 5) return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  const told = runs.slice(0, 3).flat().length;
  return `${numbersWords(runs.slice(0, 3).flat()).replace(" and ", ", ")} and ${numbers.length - told} more`;
}

/** "phone 3", "phones 3 and 4". */
export function phonesWords(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? "phone" : "phones"} ${numbersWords(numbers)}`;
}

/** "Phone 2 is an iPhone: …"; what iPhones do not do, for who asked it of some. */
export function iPhonesWords(numbers: readonly number[], why: string): string {
  return `${capital(phonesWords(numbers))} ${numbers.length === 1 ? "is an iPhone" : "are iPhones"}: ${why}`;
}
