// What the pointer does: choose phones, or act on them.
import { LayoutGrid, Maximize2 } from "lucide-react";
import { counted } from "@/lib/numbers";
import { IconButton } from "@/ui/Button";
import { Keys } from "@/ui/Keys";
import { Segments } from "@/ui/Tabs";
import type { Mode } from "@/wall/select";
import { SHORTCUTS, shown } from "./keys";

interface Props {
  mode: Mode;
  selected: number;
  canAct: boolean;
  onMode: (mode: Mode) => void;
  large: boolean;
  onLarge: () => void;
}

export function ModePart({ mode, selected, canAct, onMode, large, onLarge }: Props) {
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <ModeSwitch mode={mode} canAct={canAct} onMode={onMode} className="flex-1" />
        {canAct && (
          <span className="pointer-coarse:hidden">
            <Keys keys={shown(SHORTCUTS.mode)} />
          </span>
        )}
        <LargeSwitch large={large} onLarge={onLarge} />
      </div>
      <p className="text-sm text-ink-3">
        {!canAct
          ? "You may look at these phones, not act on them."
          : mode === "select"
            ? "Click or drag over phones to choose them."
            : selected > 1
              ? `What you do on one of the ${counted(selected, "phone")} goes to all of them.`
              : "What you do goes to the phone under the pointer."}
      </p>
    </div>
  );
}

export function ModeSwitch(props: { mode: Mode; canAct: boolean; onMode: (mode: Mode) => void; className?: string }) {
  if (!props.canAct) return null;
  return (
    <Segments
      label="Mode"
      value={props.mode}
      options={[
        { value: "select", label: "Select" },
        { value: "act", label: "Act" },
      ]}
      onChange={props.onMode}
      className={`flex ${props.className ?? ""}`}
    />
  );
}

export function LargeSwitch({ large, onLarge }: { large: boolean; onLarge: () => void }) {
  return (
    <IconButton
      label={large ? "All phones" : "One phone large"}
      hint={shown(SHORTCUTS.single)}
      icon={large ? LayoutGrid : Maximize2}
      onClick={onLarge}
    />
  );
}
