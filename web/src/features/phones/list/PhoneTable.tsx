// The phones in rows: state first, then what each is, how it does, whose it is and who holds it.
import { type KeyboardEvent, useRef } from "react";
import { stateColumn } from "@/ui/columns";
import { useListKeys } from "@/ui/List";
import { type Column, Table } from "@/ui/Table";
import type { Numbered } from "../filters";
import { Seen } from "../Seen";
import { phoneStates, storage, temperature } from "../words";
import { BatteryCell, CutText, Labels, MeasureCell, NameCell, OwnerCell } from "./cells";

interface Props {
  phones: readonly Numbered[];
  current: string | undefined;
  selected: ReadonlySet<string>;
  /** Whether rows can be selected at all. */
  selectable: boolean;
  /** Whether the clients that have them are named. */
  whose: boolean;
  onSelect: (ids: readonly string[], on: boolean) => void;
}

export function PhoneTable({ phones, current, selected, selectable, whose, onSelect }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const onKey = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).dataset.row;
    if (!selectable || !id || event.key.toLowerCase() !== "x" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onSelect([id], !selected.has(id));
  };
  const beside = current !== undefined;
  const columns: (Column<Numbered> | false)[] = [
    selectable && selectColumn(phones, selected, onSelect),
    stateColumn(({ phone }) => phoneStates[phone.state]),
    { id: "phone", title: "Phone", cell: (one) => <NameCell one={one} current={current} /> },
    { id: "battery", title: "Battery", number: true, spare: true, cell: ({ phone }) => <BatteryCell phone={phone} /> },
    !beside && {
      id: "storage",
      title: "Free",
      number: true,
      spare: true,
      cell: ({ phone }) => <MeasureCell measure={storage(phone)} short={(words) => words.replace(/ of .*/, "")} />,
    },
    !beside && {
      id: "temperature",
      title: "Heat",
      number: true,
      spare: true,
      cell: ({ phone }) => <MeasureCell measure={temperature(phone)} />,
    },
    !beside && { id: "agent", title: "Agent", spare: true, cell: ({ phone }) => <CutText>{phone.agent_name}</CutText> },
    !beside &&
      whose && {
        id: "client",
        title: "Client",
        short: true,
        spare: true,
        cell: ({ phone }) => <OwnerCell id={phone.client_id} />,
      },
    !beside && { id: "tags", title: "Tags, groups", spare: true, cell: ({ phone }) => <Labels phone={phone} /> },
    {
      id: "holder",
      title: "Held by",
      spare: true,
      cell: ({ phone }) => <CutText>{phone.lease?.holder_name ?? "–"}</CutText>,
    },
    !beside && {
      id: "seen",
      title: "Last seen",
      short: true,
      spare: true,
      cell: ({ phone }) => <Seen phone={phone} />,
    },
  ];
  return (
    <div ref={list} onKeyDown={onKey}>
      <Table
        label="Phones"
        rows={phones}
        keyOf={({ phone }) => phone.id}
        current={current}
        columns={columns.filter((one) => one !== false)}
      />
    </div>
  );
}

function selectColumn(
  phones: readonly Numbered[],
  selected: ReadonlySet<string>,
  onSelect: Props["onSelect"],
): Column<Numbered> {
  const ids = phones.map(({ phone }) => phone.id);
  const all = ids.length > 0 && ids.every((id) => selected.has(id));
  const some = ids.some((id) => selected.has(id));
  return {
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
        onChange={() => onSelect(ids, !all)}
      />
    ),
    short: true,
    cell: ({ phone }) => (
      <label className="-m-1.5 grid size-8 place-items-center pointer-coarse:size-10">
        <input
          type="checkbox"
          aria-label={`Select ${phone.name}`}
          className="size-4 accent-(--ink)"
          checked={selected.has(phone.id)}
          onChange={(event) => onSelect([phone.id], event.target.checked)}
        />
      </label>
    ),
  };
}
