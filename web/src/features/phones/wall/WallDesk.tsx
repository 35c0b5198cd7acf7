// The wall and its panel: beside each other, on a phone's width one over the other.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import { endedLease, releasePhone, takePhone, uploadForPhones } from "@/api/wall";
import { short } from "@/lib/moments";
import { wallAt } from "@/lib/zones";
import { Dialog, DialogBody } from "@/ui/Dialog";
import { useWide } from "@/ui/useWide";
import type { Outside } from "./controls";
import { type Opened, Dialogs } from "./Dialogs";
import type { Doing } from "./DoPart";
import { endingWords } from "./ending";
import { type Filters, idsFromAddress, idsInAddress, type Numbered } from "./filters";
import { NarrowBar } from "./NarrowBar";
import { HolderNews, LineNews } from "./News";
import { Panel } from "./Panel";
import type { Held, LabPhone } from "./phones";
import { Stage } from "./Stage";
import { useControls } from "./useControls";
import { useWallKeys } from "./useWallKeys";

/** What of the wall stands in the address: the selected phones, and the large one. */
export interface Chosen {
  on?: string;
  large?: string;
}

interface Props {
  /** After the filters. */
  phones: readonly Numbered[];
  all: readonly Numbered[];
  filters: Filters;
  chosen: Chosen;
  panel: boolean;
  onFilter: (filters: Filters) => void;
  onClient: (client: string | undefined) => void;
  onChosen: (chosen: Chosen) => void;
  onHeld: (held: ReadonlyMap<string, Held>) => void;
  /** Instead of the wall, where no phone is left to show. */
  empty: ReactNode;
}

export function WallDesk({ phones, all, filters, chosen, panel, empty, onChosen, onHeld, ...props }: Props) {
  const scope = useScope();
  const { session, clientId, zone } = scope;
  const wide = useWide();
  const [sheet, setSheet] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const mayOn = (permission: "operate" | "manage", phone: LabPhone) =>
    phone.client_id === null ? session.user.role === "super" : scope.may(permission, phone.client_id);
  const outside: Outside = {
    take: takePhone,
    release: async (phone, epoch) => void (await releasePhone(phone, epoch)),
    ending: async (phone, epoch) => {
      const ended = await endedLease(phone, epoch);
      return ended && endingWords(ended);
    },
    upload: uploadForPhones,
    words: sayError,
    since: (moment) => sinceWords(moment, zone),
    mayAct: (phone) => mayOn("operate", phone),
  };
  const { attach, controls, now } = useControls(phones, outside);
  useAddress(controls, now, phones, chosen, onChosen);
  useEffect(() => onHeld(now.held), [onHeld, now.held]);

  const aimed = controls?.aimedAt() ?? [];
  const open = (kind: "clipboard" | "launch" | "reboot") => aimed.length > 0 && setOpened({ kind, on: aimed });
  const doing: Doing = {
    key: ({ key, name }) => controls?.key(key, name),
    text: () => controls?.wishText(),
    clipboard: () => open("clipboard"),
    readClipboard: () => controls?.order("read_clipboard"),
    screenshot: () => controls?.order("screenshot"),
    rotate: () => controls?.rotate(),
    launch: () => open("launch"),
    reboot: () => open("reboot"),
    files: (files) => controls?.files(files, null),
  };
  useWallKeys({
    ...doing,
    mode: now.mode,
    toggleMode: () => controls?.setMode(now.mode === "act" ? "select" : "act"),
    toggleSingle: () => controls?.wall.toggleSingle(),
  });

  const canAct = phones.some(({ phone }) => mayOn("operate", phone));
  const body = (
    <Panel
      {...{ controls, now, phones, all, aimed, doing, canAct, filters }}
      clients={session.clients}
      client={clientId}
      mayBreakIn={({ phone }) => mayOn("manage", phone)}
      onFilter={props.onFilter}
      onClient={props.onClient}
      onAsk={(one) => setOpened({ kind: "ask", one })}
      onBreakIn={(one) => setOpened({ kind: "break in", one })}
    />
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      {wide && panel && (
        <aside aria-label="Panel" className="scroll-quiet w-72 shrink-0 overflow-y-auto border-r">
          {body}
        </aside>
      )}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <LineNews line={now.line} onRetry={() => controls?.retry()} />
        <HolderNews phones={all} me={session.user.id} />
        <div className="relative flex min-h-0 flex-1">
          <Stage
            attach={attach}
            said={now.said}
            onTurn={now.single !== null && phones.length > 1 ? (by) => controls?.turn(by) : null}
            onDrop={now.mode === "act" ? (files, at) => controls?.files(files, controls.wall.under(at)) : null}
          />
          {phones.length === 0 && <div className="absolute inset-0 grid place-items-center bg-paper">{empty}</div>}
        </div>
        <NarrowBar
          mode={now.mode}
          canAct={canAct}
          selected={now.selected.size}
          on={aimed.length}
          doing={doing}
          onMode={(mode) => controls?.setMode(mode)}
          onPanel={() => setSheet(true)}
          large={now.single !== null}
          onLarge={() => controls?.wall.toggleSingle()}
        />
      </div>
      {!wide && !opened && !now.wish && now.answers === null && (
        <Dialog open={sheet} onClose={() => setSheet(false)} title="Panel">
          <DialogBody className="px-1 py-0">{body}</DialogBody>
        </Dialog>
      )}
      {controls && <Dialogs {...{ controls, now, all, opened }} me={session.user.id} onClose={() => setOpened(null)} />}
    </div>
  );
}

type ControlsNow = ReturnType<typeof useControls>;

/** How long the selection must stand before it is in the address. */
const SETTLED_MS = 250;

/** The address is read once, when there are phones; from then on it follows the wall. */
function useAddress(
  controls: ControlsNow["controls"],
  { selected, single }: ControlsNow["now"],
  phones: readonly Numbered[],
  chosen: Chosen,
  onChosen: (chosen: Chosen) => void,
) {
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

/** "14:02" today, else with its day. */
function sinceWords(moment: string, zone: string): string {
  const [then, now] = [new Date(moment), new Date()];
  const [at, today] = [wallAt(then, zone), wallAt(now, zone)];
  return at.day === today.day ? at.time : short(then, zone, now);
}
