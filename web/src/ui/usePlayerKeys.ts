// Space plays, comma and full stop step, anywhere on the page but in fields and dialogs.
import { useEffect, useRef } from "react";
import { isTyping, underDialog } from "@/lib/listKeys";

export function usePlayerKeys(on: boolean, acts: { toggle: () => void; step: (frames: number) => void }) {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || underDialog()) return;
      const pressed = document.activeElement?.closest("button, a, [role=tab]");
      if (event.key === " " && !pressed) latest.current.toggle();
      else if (event.key === ",") latest.current.step(-1);
      else if (event.key === ".") latest.current.step(1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [on]);
}
