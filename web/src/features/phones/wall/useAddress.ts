// The selected phones and the large one, kept in the address.
import { useEffect, useRef } from "react";
import type { Numbered } from "../filters";
import { idsFromAddress, idsInAddress } from "./address";
import type { ControlsHere } from "./useControls";

/** What of the wall stands in the address: the selected phones, and the large one. */
export interface Chosen {
  on?: string;
  large?: string;
}

/** How long the selection must stand before it is in the address. */
const SETTLED_MS = 250;

/** The address is read once, when there are phones; from then on it follows the wall. */
export function useAddress(
  { controls, now: { selected, single } }: Pick<ControlsHere, "controls" | "now">,
  phones: readonly Numbered[],
  chosen: Chosen,
  onChosen: (chosen: Chosen) => void,
): void {
  const restored = useRef<unknown>(null);
  const ids = phones.map(({ phone }) => phone.id);
  useEffect(() => {
    if (!controls || !ids.length) return;
    if (restored.current !== controls) {
      restored.current = controls;
      const [large] = idsFromAddress(chosen.large, ids);
      const on = idsFromAddress(chosen.on, ids);
      if (on.length) controls.wall.setSelected(on);
      if (large) controls.wall.setSingle(large);
      return;
    }
    const next = { on: idsInAddress(selected), large: idsInAddress(single === null ? [] : [single]) };
    if (next.on === chosen.on && next.large === chosen.large) return;
    const timer = setTimeout(() => onChosen(next), SETTLED_MS);
    return () => clearTimeout(timer);
  });
}
