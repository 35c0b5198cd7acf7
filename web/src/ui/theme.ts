// Light, dark or as the system has it. `public/theme.js` applies the same choice before the first paint.
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

const KEY = "greenroom.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set<() => void>();

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

let theme: Theme = stored();

function apply() {
  const dark = theme === "dark" || (theme === "system" && system.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

export function setTheme(next: Theme) {
  theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Forbidden storage: the choice then lasts until the page is left.
  }
  apply();
  for (const tell of watchers) tell();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (tell) => {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    () => theme,
  );
}

export function followSystemTheme() {
  system.addEventListener("change", apply);
  apply();
}
