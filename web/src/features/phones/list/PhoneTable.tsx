// The phones in rows: state first, then what each is, how it does, whose it is and who holds it.
import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import { BatteryCharging, BatteryWarning, HandGrab, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import type { Phone } from "@/api/inventory";
import { useScope } from "@/api/scope";
import { useListKeys } from "@/ui/List";
import { Badge, Dot, State } from "@/ui/State";
import { type Column, Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { battery, type Measure, modelWords, phoneStates, storage, temperature } from "../words";

interface Props {
  phones: readonly Phone[];
  /** Each phone's number on the wall: its place among all. */
  numbers: ReadonlyMap<string, number>;
  current: string | undefined;
  selected: ReadonlySet<string>;
  /** Whether rows can be selected at all. */
  selectable: boolean;
  onSelect: (ids: readonly string[], on: boolean) => void;
}

export function PhoneTable({ phones, numbers, current, selected, selectable, onSelect }: Props) {
  const { session, client } = useScope();
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const beside = current !== undefined;
  const all = phones.length > 0 && phones.every((one) => selected.has(one.id));
  const some = phones.some((one) => selected.has(one.id));
  const onKey = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).dataset.row;
    if (!selectable || !id || event.key.toLowerCase() !== "x" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onSelect([id], !selected.has(id));
  };
  const columns: (Column<Phone> | false)[] = [
    selectable && {
      id: "select",
      title: (
        <input
          type="checkbox"
          aria-label="Select all shown"
          className="size-4 accent-(--ink)"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = some && !all;
          }}
          onChange={() =>
            onSelect(
              phones.map((one) => one.id),
              !all,
            )
          }
        />
      ),
      short: true,
      cell: (one) => (
        <label className="-m-1.5 grid size-8 place-items-center pointer-coarse:size-10">
          <input
            type="checkbox"
            aria-label={`Select ${one.name}`}
            className="size-4 accent-(--ink)"
            checked={selected.has(one.id)}
            onChange={(event) => onSelect([one.id], event.target.checked)}
          />
        </label>
      ),
    },
    {
      id: "state",
      title: "State",
      short: true,
      spare: true,
      cell: (one) => <State bare told={phoneStates[one.state]} />,
    },
    {
      id: "phone",
      title: "Phone",
      cell: (one) => <Named phone={one} number={numbers.get(one.id)} current={current} />,
    },
    { id: "battery", title: "Battery", number: true, spare: true, cell: (one) => <Battery phone={one} /> },
    !beside && {
      id: "storage",
      title: "Free",
      number: true,
      spare: true,
      cell: (one) => <Told measure={storage(one)} short={(words) => words.replace(/ of .*/, "")} />,
    },
    !beside && {
      id: "temperature",
      title: "Heat",
      number: true,
      spare: true,
      cell: (one) => <Told measure={temperature(one)} />,
    },
    !beside && { id: "agent", title: "Agent", spare: true, cell: (one) => <Cut>{one.agent_name}</Cut> },
    !beside &&
      !client &&
      session.clients.length > 1 && {
        id: "client",
        title: "Client",
        short: true,
        spare: true,
        cell: (one) => <Owner id={one.client_id} />,
      },
    !beside && { id: "tags", title: "Tags, groups", spare: true, cell: (one) => <Words phone={one} /> },
    { id: "holder", title: "Held by", spare: true, cell: (one) => <Cut>{one.lease?.holder_name ?? "–"}</Cut> },
    !beside && {
      id: "seen",
      title: "Last seen",
      short: true,
      spare: true,
      cell: (one) => <Time at={one.offline_since ?? one.last_seen_at} />,
    },
  ];
  return (
    <div ref={list} onKeyDown={onKey}>
      <Table
        label="Phones"
        rows={phones}
        keyOf={(one) => one.id}
        current={current}
        columns={columns.filter((one) => one !== false)}
      />
    </div>
  );
}

function Named({ phone, number, current }: { phone: Phone; number: number | undefined; current: string | undefined }) {
  const measure = battery(phone);
  return (
    <span className="block min-w-40 py-0.5">
      <State bare told={phoneStates[phone.state]} className="md:hidden" />
      <span className="flex items-baseline gap-1.5">
        <span className="text-sm text-ink-3">{number}</span>
        <Link
          data-row={phone.id}
          dir="auto"
          from="/phones/list"
          to="/phones/list"
          search={(before) => ({ ...before, phone: phone.id })}
          aria-current={phone.id === current}
          className="line-clamp-2 font-medium hover:underline"
        >
          {phone.name}
        </Link>
      </span>
      <span className="line-clamp-1 text-sm text-ink-3">{modelWords(phone)}</span>
      {phone.label && (
        <span dir="auto" className="line-clamp-1 text-sm text-ink-2">
          {phone.label}
        </span>
      )}
      <Trouble phone={phone} />
      <span className="flex flex-wrap gap-x-3 text-sm text-ink-3 md:hidden">
        {measure && <span>{measure.words}</span>}
        {phone.lease && (
          <span className="inline-flex items-center gap-1">
            <HandGrab aria-hidden className="size-3.5" strokeWidth={1.75} />
            {phone.lease.holder_name}
          </span>
        )}
      </span>
    </span>
  );
}

/** Why it is in its state, or what its agent finds; nothing where all is well. */
function Trouble({ phone }: { phone: Phone }) {
  const out = phone.state !== "active" && phone.state !== "offline";
  const words = out ? phone.state_why : phone.state === "offline" || phone.alive !== "live" ? phone.because : "";
  if (!words) return null;
  return (
    <span dir="auto" className="line-clamp-2 text-sm text-ink-2">
      {words}
      {phone.state === "offline" && phone.offline_since && (
        <span className="md:hidden">
          {" · "}
          <Time at={phone.offline_since} />
        </span>
      )}
    </span>
  );
}

function Battery({ phone }: { phone: Phone }) {
  const measure = battery(phone);
  if (!measure) return "–";
  const low = measure.kind === "wait";
  return (
    <span className={clsx("inline-flex items-center gap-1", low && "text-wait")}>
      {low && <BatteryWarning aria-label="low" className="size-4" strokeWidth={1.75} />}
      {phone.charging && <BatteryCharging aria-label="charging" className="size-4 text-ink-3" strokeWidth={1.75} />}
      {phone.battery} %
    </span>
  );
}

function Told(props: { measure: Omit<Measure, "fraction"> | null; short?: (words: string) => string }) {
  const { measure, short = (words) => words } = props;
  if (!measure) return "–";
  return (
    <span
      className={measure.kind === "wait" ? "inline-flex items-center gap-1 text-wait" : undefined}
      title={measure.words}
    >
      {measure.kind === "wait" && <TriangleAlert aria-hidden className="size-3.5" strokeWidth={1.75} />}
      {short(measure.words)}
    </span>
  );
}

function Owner({ id }: { id: string | null }) {
  const { clientOf } = useScope();
  if (id === null) return <span className="text-wait">No client yet</span>;
  const one = clientOf(id);
  return (
    <span className="inline-flex max-w-32 items-center gap-1">
      {one && <Dot colour={one.colour} />}
      <span dir="auto" className="truncate">
        {one?.name ?? "another client"}
      </span>
    </span>
  );
}

const SHOWN = 2;

function Words({ phone }: { phone: Phone }) {
  const words = [...phone.tags, ...phone.groups];
  if (words.length === 0) return "–";
  return (
    <span className="flex items-center gap-1" title={words.join(", ")}>
      {words.slice(0, SHOWN).map((one, index) => (
        <span
          key={`${index}${one}`}
          dir="auto"
          className="inline-block max-w-16 truncate rounded-sm bg-sunken px-1.5 text-xs leading-5"
        >
          {one}
        </span>
      ))}
      {words.length > SHOWN && <Badge>+{words.length - SHOWN}</Badge>}
    </span>
  );
}

function Cut({ children }: { children: string }) {
  return (
    <span dir="auto" className="block max-w-24 truncate" title={children}>
      {children}
    </span>
  );
}
