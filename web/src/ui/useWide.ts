// Whether the window is wider than a phone.
import { useSyncExternalStore } from "react";

const wide = matchMedia("(min-width: 48rem)");

export function useWide(): boolean {
  return useSyncExternalStore(
    (tell) => {
      wide.addEventListener("change", tell);
      return () => wide.removeEventListener("change", tell);
    },
    () => wide.matches,
  );
}
