// On a phone's width: the mode, how many are selected, the keys most used, and the way to the whole panel.
import { CaseSensitive, SlidersHorizontal } from "lucide-react";
import type { Phone } from "@/api/inventory";
import { Button } from "@/ui/Button";
import type { Mode } from "@/wall/select";
import { can } from "./able";
import type { Doing } from "./DoPart";
import { PHONE_KEYS } from "./keys";
import { LargeSwitch, ModeSwitch } from "./ModePart";

interface Props {
  mode: Mode;
  canAct: boolean;
  selected: number;
  /** The phones that keys go to. */
  aimed: readonly Phone[];
  doing: Doing;
  onMode: (mode: Mode) => void;
  onPanel: () => void;
  large: boolean;
  onLarge: () => void;
}

const QUICK = PHONE_KEYS.filter(({ key }) => key === "back" || key === "home" || key === "recents");

export function NarrowBar({ mode, canAct, selected, aimed, doing, onMode, onPanel, large, onLarge }: Props) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-t bg-surface px-3 py-2 md:hidden">
      <ModeSwitch mode={mode} canAct={canAct} onMode={onMode} />
      {mode === "act" ? (
        <span className="flex gap-1">
          {QUICK.map((one) => (
            <Button
              key={one.key}
              tone="quiet"
              icon={one.icon}
              aria-label={one.name}
              disabled={!aimed.length || !can(aimed, one.some ? [one.some.needs] : [])}
              onClick={() => doing.key(one)}
            />
          ))}
          <Button
            tone="quiet"
            icon={CaseSensitive}
            aria-label="Type a text"
            disabled={!aimed.length}
            onClick={doing.text}
          />
        </span>
      ) : (
        <span className="figures text-sm text-ink-2">{selected ? `${selected} selected` : "None selected"}</span>
      )}
      <span className="ml-auto flex gap-1">
        {/* While it acts there is no room for it on a small phone; the panel has it too. */}
        <span className={mode === "act" ? "max-[27rem]:hidden" : undefined}>
          <LargeSwitch large={large} onLarge={onLarge} />
        </span>
        <Button icon={SlidersHorizontal} aria-label="Panel" onClick={onPanel} />
      </span>
    </div>
  );
}
