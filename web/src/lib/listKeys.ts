// Where J, K, Home, End and Enter lead in a list. Pure; the ui decides what is focused.

export type ListStep = { kind: "move"; index: number } | { kind: "open"; index: number } | null;

/** What a key does in a list of `length` with `index` current (−1: none). `columns` > 1 for a grid. */
export function listStep(key: string, index: number, length: number, columns = 1): ListStep {
  if (length === 0) return null;
  const to = (target: number): ListStep => ({ kind: "move", index: Math.min(length - 1, Math.max(0, target)) });
  switch (key) {
    case "j":
    case "J":
      return to(index + 1);
    case "k":
    case "K":
      return to(index < 0 ? 0 : index - 1);
    case "ArrowDown":
      return to(index < 0 ? 0 : index + columns);
    case "ArrowUp":
      return to(index < 0 ? 0 : index - columns);
    case "ArrowRight":
      return columns > 1 ? to(index + 1) : null;
    case "ArrowLeft":
      return columns > 1 ? to(index - 1) : null;
    case "Home":
      return to(0);
    case "End":
      return to(length - 1);
    case "Enter":
      return index < 0 ? null : { kind: "open", index };
    default:
      return null;
  }
}

/** Whether a key press belongs to a field that is being typed in, or to a modified shortcut. */
export function isTyping(event: Pick<KeyboardEvent, "target" | "ctrlKey" | "metaKey" | "altKey">): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target as (Partial<HTMLElement> & { type?: string }) | null;
  if (!target) return false;
  if (target.isContentEditable) return true;
  const tag = target.tagName;
  if (tag === "INPUT") return !["checkbox", "radio", "button", "range"].includes(target.type ?? "text");
  return tag === "TEXTAREA" || tag === "SELECT";
}

/** Whether a dialog is open: the page beneath it hears no shortcuts. */
export function underDialog(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}
