// The wall and its panel: beside each other, on a phone's width one over the other.
import { type ReactNode, useEffect, useState } from "react";
import type { Phone } from "@/api/inventory";
import { sayError } from "@/api/problem";
import { useScope } from "@/api/scope";
import { endedLease, releasePhone, takePhone, uploadForPhones } from "@/api/wall";
import { short } from "@/lib/moments";
import { wallAt } from "@/lib/zones";
import { Dialog, DialogBody } from "@/ui/Dialog";
import { useWide } from "@/ui/useWide";
import type { Filters, Numbered } from "../filters";
import type { Outside } from "./controls";
import { Dialogs, type Opened } from "./Dialogs";
import type { Doing } from "./DoPart";
import { HoldersCard } from "./HoldersPart";
import { NarrowBar } from "./NarrowBar";
import { HolderNews, LineNews, News } from "./News";
import { Panel } from "./Panel";
import type { Held } from "./phones";
import { restarts } from "./restart";
import { Stage } from "./Stage";
import { type Chosen, useAddress } from "./useAddress";
import { useControls } from "./useControls";
import { useWallKeys } from "./useWallKeys";
import { phonesWords } from "./words";

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
  const mayOn = (permission: "operate" | "manage", phone: Phone) =>
    phone.client_id === null ? session.user.role === "super" : scope.may(permission, phone.client_id);
  const canAct = all.some(({ phone }) => mayOn("operate", phone));
  const outside: Outside = {
    take: takePhone,
    release: async (phone, epoch) => void (await releasePhone(phone, epoch)),
    past: endedLease,
    upload: uploadForPhones,
    words: sayError,
    since: (moment) => sinceWords(moment, zone),
    canAct: () => canAct,
    mayAct: (phone) => mayOn("operate", phone),
  };
  const { attach, controls, now } = useControls(phones, outside);
  useAddress({ controls, now }, phones, chosen, onChosen);
  useEffect(() => onHeld(now.held), [onHeld, now.held]);

  const aimed = controls?.aimedAt() ?? [];
  const aimedPhones = phones.flatMap(({ phone }) => (aimed.includes(phone.id) ? phone : []));
  const open = (kind: "clipboard" | "launch" | "reboot") => aimed.length > 0 && setOpened({ kind, on: aimed });
  const doing: Doing = {
    key: ({ key, name }) => controls?.key(key, name),
    text: () => controls?.wishText(),
    clipboard: () => open("clipboard"),
    readClipboard: () => controls?.order("read_clipboard"),
    screenshot: () => controls?.order("screenshot"),
    rotate: () => controls?.rotate(),
    launch: () => open("launch"),
    reboot: () => {
      const some = phones.some(({ phone }) => aimed.includes(phone.id) && restarts(phone));
      if (some) open("reboot");
      else controls?.order("reboot"); // which says why not
    },
    files: (files) => controls?.files(files, null),
  };
  useWallKeys({
    ...doing,
    mode: now.mode,
    toggleMode: () => controls?.setMode(now.mode === "act" ? "select" : "act"),
    toggleSingle: () => controls?.wall.toggleSingle(),
    select: () => controls?.setMode("select"),
    give: (event) => controls?.wall.give(event),
  });

  // Also the phone that was touched last beside the selected ones.
  const meant = now.mode === "act" && now.current !== null ? [...aimed, now.current] : aimed;
  const holders = {
    held: now.held,
    meant,
    mayBreakIn: ({ phone }: Numbered) => mayOn("manage", phone),
    onAsk: (one: Numbered) => setOpened({ kind: "ask", one }),
    onBreakIn: (one: Numbered) => setOpened({ kind: "break in", one }),
  };
  const body = (
    <Panel
      {...{ controls, now, phones, all, doing, canAct, filters }}
      {...holders}
      on={aimed.length ? phonesWords(controls?.numbers(aimed) ?? []) : ""}
      aimed={aimedPhones}
      clients={session.clients}
      client={clientId}
      onFilter={props.onFilter}
      onClient={props.onClient}
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
        <div className="relative flex min-h-0 flex-1">
          <Stage
            attach={attach}
            said={now.said}
            onTurn={now.single !== null && phones.length > 1 ? (by) => controls?.turn(by) : null}
            onDrop={now.mode === "act" ? (files, at) => controls?.files(files, controls.wall.under(at)) : null}
          />
          <News>
            <LineNews line={now.line} onRetry={() => controls?.retry()} />
            <HolderNews phones={all} me={session.user.id} />
          </News>
          {!(wide && panel) && now.mode === "act" && <HoldersCard phones={phones} {...holders} />}
          {phones.length === 0 && <div className="absolute inset-0 grid place-items-center bg-paper">{empty}</div>}
        </div>
        <NarrowBar
          mode={now.mode}
          canAct={canAct}
          selected={now.selected.size}
          aimed={aimedPhones}
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

/** "14:02" today, else with its day. */
function sinceWords(moment: string, zone: string): string {
  const [then, now] = [new Date(moment), new Date()];
  const [at, today] = [wallAt(then, zone), wallAt(now, zone)];
  return at.day === today.day ? at.time : short(then, zone, now);
}
