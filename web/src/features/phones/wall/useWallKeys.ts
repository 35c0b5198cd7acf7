// Keys of the wall wherever the focus is on its page, but for fields and dialogs.
import { useEffect, useRef } from "react";
import { isTyping } from "@/lib/listKeys";
import type { Mode } from "@/wall/select";
import { type PhoneKey, phoneKey, SHORTCUTS } from "./keys";

interface Bound {
  mode: Mode;
  toggleMode: () => void;
  toggleSingle: () => void;
  select: () => void;
  /** A key while nothing has the focus. */
  give: (event: KeyboardEvent) => void;
  key: (key: PhoneKey) => void;
  text: () => void;
  screenshot: () => void;
  rotate: () => void;
}

export function useWallKeys(bound: Bound): void {
  const latest = useRef(bound);
  useEffect(() => {
    latest.current = bound;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      // What the engine took is done already.
      if (event.defaultPrevented || document.querySelector("[role=dialog]")) return;
      const { mode, ...now } = latest.current;
      if (event.target === document.body) now.give(event);
      if (event.defaultPrevented || event.repeat || isTyping(event)) return;
      const act = mode === "act" ? inActMode(event.key, now) : null;
      const done = act ?? { [SHORTCUTS.mode]: now.toggleMode, [SHORTCUTS.single]: now.toggleSingle }[event.key];
      if (!done) return;
      event.preventDefault();
      done();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}

function inActMode(key: string, now: Omit<Bound, "mode">): (() => void) | null {
  const one = phoneKey(key);
  if (one) return () => now.key(one);
  if (key === "Escape") return now.select;
  if (key === SHORTCUTS.text) return now.text;
  if (key === SHORTCUTS.screenshot) return now.screenshot;
  if (key === SHORTCUTS.rotate) return now.rotate;
  return null;
}
