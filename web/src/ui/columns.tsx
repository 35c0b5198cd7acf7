// The columns that most tables have: a row's state in front, what can be done with it at the end.
import type { ReactNode } from "react";
import { State, type Told } from "./State";
import type { Column } from "./Table";

/** On a narrow screen the column that names the row says the state too. */
export function stateColumn<Row>(stateOf: (row: Row) => Told): Column<Row> {
  return {
    id: "state",
    title: "State",
    short: true,
    spare: true,
    cell: (row) => <State bare told={stateOf(row)} />,
  };
}

/** `name` is read out, not shown: the buttons say what they do. */
export function actColumn<Row>(name: string, cell: (row: Row) => ReactNode): Column<Row> {
  return { id: "act", title: <span className="sr-only">{name}</span>, number: true, cell };
}
