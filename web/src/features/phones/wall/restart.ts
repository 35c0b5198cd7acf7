// Which phones are restarted from here, and what is said before it is done. Pure.
import type { Phone } from "@/api/inventory";
import type { Numbered } from "../filters";
import { iPhonesWords, phonesWords } from "./words";

export const NO_RESTART = "only over a cable to a computer with go-ios is one restarted from here; do it by hand";

/** Android phones always; an iPhone only where its agent can. */
export function restarts({ platform, abilities }: Pick<Phone, "platform" | "abilities">): boolean {
  return platform === "android" || abilities.includes("reboot");
}

/** The question names those alone that will restart, and says of the others why not. */
export function restartWords(phones: readonly Numbered[]): { verb: string; about: string } {
  const numbers = (some: readonly Numbered[]) => some.map(({ number }) => number);
  const go = phones.filter(({ phone }) => restarts(phone));
  const left = phones.filter(({ phone }) => !restarts(phone));
  const ends =
    go.length === 1
      ? "What runs on it ends, and it is away for a minute or two."
      : "What runs on them ends, and they are away for a minute or two.";
  return {
    verb: `Restart ${phonesWords(numbers(go))}`,
    about: left.length === 0 ? ends : `${ends} ${iPhonesWords(numbers(left), NO_RESTART)}.`,
  };
}
