// The keys of the wall, for who wants to know.
import { Keys } from "@/ui/Keys";
import type { Mode } from "@/wall/select";
import { PHONE_KEYS, SHORTCUTS, shown } from "./keys";

type Row = readonly [keys: string, means: string];

const BOTH: readonly Row[] = [
  [shown(SHORTCUTS.mode), "The other mode"],
  [shown(SHORTCUTS.single), "One phone large, or all"],
];

const SELECT: readonly Row[] = [
  ["← → ↑ ↓", "Go to a phone"],
  ["Enter", "Select it"],
  ["Space", "Add it, or leave it out"],
  ["Shift Enter", "All up to it"],
  ["Ctrl A", "Select all"],
  ["Esc", "Select none"],
];

const ACT: readonly Row[] = [
  ["← → ↑ ↓", "Move the crosshair, with Shift further"],
  ["Enter", "Tap; held it is a long tap, with arrows a swipe"],
  ["L", "Long tap"],
  [shown(SHORTCUTS.text), "Type a text"],
  [shown(SHORTCUTS.screenshot), "Screenshot"],
  [shown(SHORTCUTS.rotate), "Turn"],
  ...PHONE_KEYS.map(({ name, shortcut }): Row => [shown(shortcut), name]),
  ["Page↑ Page↓", "The phone before, the next"],
  ["Esc", "Back to selecting"],
];

export function KeysPart({ mode }: { mode: Mode }) {
  return (
    <details>
      <summary className="font-semibold">Keys</summary>
      <dl className="mt-2 grid grid-cols-[auto_1fr] items-baseline gap-x-3 gap-y-1 text-sm">
        {[...BOTH, ...(mode === "act" ? ACT : SELECT)].map(([keys, means]) => (
          <div key={keys} className="contents">
            <dt>
              <span className="sr-only">{keys}</span>
              <Keys keys={keys} />
            </dt>
            <dd className="text-ink-2">{means}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
