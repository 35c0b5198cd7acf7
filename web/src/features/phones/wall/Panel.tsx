// The command panel: mode, selection, what can be done, who holds, what is shown, what was done, the log.
import type { ReactNode } from "react";
import type { Phone } from "@/api/inventory";
import type { Filters, Numbered } from "../filters";
import { ActsPart } from "./ActsPart";
import { ChosenPart } from "./ChosenPart";
import type { Controls } from "./controls";
import { type Doing, DoPart } from "./DoPart";
import { FilterPart } from "./FilterPart";
import { HoldersPart } from "./HoldersPart";
import { KeysPart } from "./KeysPart";
import { LogPart } from "./LogPart";
import { ModePart } from "./ModePart";
import type { Snapshot } from "./snapshot";

interface Props {
  controls: Controls | null;
  now: Snapshot;
  /** Those on the wall, and all there are. */
  phones: readonly Numbered[];
  all: readonly Numbered[];
  /** Those that buttons and keys go to, in words. */
  on: string;
  aimed: readonly Phone[];
  /** Those whose other holders are of interest. */
  meant: readonly string[];
  doing: Doing;
  canAct: boolean;
  mayBreakIn: (one: Numbered) => boolean;
  filters: Filters;
  clients: readonly { id: string; name: string }[];
  client: string | undefined;
  onFilter: (filters: Filters) => void;
  onClient: (client: string | undefined) => void;
  onAsk: (one: Numbered) => void;
  onBreakIn: (one: Numbered) => void;
}

export function Panel({ controls, now, phones, ...props }: Props) {
  return (
    <div className="flex flex-col divide-y">
      <Part>
        <ModePart
          mode={now.mode}
          selected={now.selected.size}
          canAct={props.canAct}
          onMode={(mode) => controls?.setMode(mode)}
          large={now.single !== null}
          onLarge={() => controls?.wall.toggleSingle()}
        />
      </Part>
      <Part>
        <ChosenPart phones={phones} selected={now.selected} onSelect={(ids) => controls?.wall.setSelected(ids)} />
      </Part>
      {now.mode === "act" && (
        <Part>
          <DoPart on={props.on} aimed={props.aimed} doing={props.doing} />
        </Part>
      )}
      <Part>
        <HoldersPart
          phones={props.all}
          held={now.held}
          meant={props.meant}
          mayBreakIn={props.mayBreakIn}
          onRelease={() => controls?.release()}
          onAsk={props.onAsk}
          onBreakIn={props.onBreakIn}
        />
      </Part>
      <Part>
        <FilterPart
          filters={props.filters}
          all={props.all}
          clients={props.clients}
          client={props.client}
          onChange={props.onFilter}
          onClient={props.onClient}
        />
      </Part>
      <Part>
        <ActsPart acts={now.acts} phones={props.all} onAnswers={(act) => controls?.showAnswers(act)} />
      </Part>
      <Part>
        <LogPart log={now.log} />
      </Part>
      <Part>
        <KeysPart mode={now.mode} />
      </Part>
    </div>
  );
}

function Part({ children }: { children: ReactNode }) {
  return <div className="px-4 py-3 empty:hidden">{children}</div>;
}
