// A table of figures: hairlines, numbers to the right, the first column names the row.
import clsx from "clsx";
import type { ReactNode } from "react";

export interface Column<Row> {
  id: string;
  title: ReactNode;
  number?: boolean;
  /** A word or two that stays on one line. */
  short?: boolean;
  /** Left out on a narrow screen. */
  spare?: boolean;
  cell: (row: Row) => ReactNode;
}

export function Table<Row>(props: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  current?: string | null;
}) {
  const place = (column: Column<Row>) =>
    clsx(
      "px-2 first:pl-0 last:pr-0",
      column.number ? "text-right" : "text-left",
      (column.number || column.short) && "whitespace-nowrap",
      !column.number && !column.short && "[overflow-wrap:anywhere]",
      column.spare && "max-md:hidden",
    );
  return (
    <div className="scroll-quiet min-w-0 overflow-x-auto">
      <table className="figures w-full border-collapse">
        <caption className="sr-only">{props.label}</caption>
        <thead>
          <tr className="border-b text-sm text-ink-3">
            {props.columns.map((column) => (
              <th key={column.id} scope="col" className={clsx("h-8 font-normal whitespace-nowrap", place(column))}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr
              key={props.keyOf(row)}
              className={clsx("border-b last:border-b-0", props.keyOf(row) === props.current && "bg-pick-soft")}
            >
              {props.columns.map((column) => (
                <td key={column.id} className={clsx("h-10 py-1.5 align-middle", place(column))}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
