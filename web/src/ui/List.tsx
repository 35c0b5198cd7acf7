// Lists that are walked with J and K. A row marks what takes the focus with `data-row`.
import clsx from "clsx";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { isTyping, listStep, underDialog } from "@/lib/listKeys";

/** J and K move through the rows inside `list` from anywhere on the page; arrows, Home and End once inside. */
export function useListKeys(list: RefObject<HTMLElement | null>, columns: () => number = () => 1) {
  const width = useRef(columns);
  useEffect(() => {
    width.current = columns;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const root = list.current;
      if (!root || event.defaultPrevented || isTyping(event) || underDialog()) return;
      const rows = [...root.querySelectorAll<HTMLElement>("[data-row]")];
      const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
      if (at < 0 && !/^[jk]$/i.test(event.key)) return;
      const current = at >= 0 ? at : rows.findIndex((row) => row.getAttribute("aria-current") === "true");
      const step = listStep(event.key, current, rows.length, width.current());
      if (step?.kind !== "move") return;
      event.preventDefault();
      const row = rows[step.index];
      row?.focus();
      row?.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [list]);
}

/** How many columns a CSS grid has just now. */
export function gridColumns(list: RefObject<HTMLElement | null>): number {
  if (!list.current) return 1;
  return getComputedStyle(list.current).gridTemplateColumns.split(" ").length;
}

export function List({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list);
  return (
    <ul ref={list} aria-label={label} className={clsx("flex min-w-0 flex-col", className)}>
      {children}
    </ul>
  );
}

/** A grid of tiles that the arrow keys cross. */
export function Tiles({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  const list = useRef<HTMLUListElement>(null);
  useListKeys(list, () => gridColumns(list));
  return (
    <ul ref={list} aria-label={label} className={clsx("grid gap-x-4 gap-y-5", className)}>
      {children}
    </ul>
  );
}
