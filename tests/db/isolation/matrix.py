"""The matrix run: every cell tried as the application's role, and its outcome judged."""

from collections.abc import Iterable, Iterator

import psycopg

from tests.db.isolation.catalogue import Connection, Table
from tests.db.isolation.cells import OWNERS, SCOPES, Cell, cells, copies_in, copies_out
from tests.db.isolation.declared import APP
from tests.db.isolation.filler import Filled, owners_in

# The statement's rows are counted and then undone, as an error undoes everything in its block.
_TRY = """
create or replace function pg_temp.tried(statements text[]) returns table (state text, rows bigint)
language plpgsql as $$
declare statement text;
begin
  foreach statement in array statements loop
    begin
      execute statement;
      get diagnostics rows = row_count;
      raise exception sqlstate 'GR000';
    exception when others then
      state := case when sqlstate <> 'GR000' then sqlstate end;
    end;
    return next;
  end loop;
end $$
"""
REFUSED = ("42501",)  # insufficient privilege, which a row outside a policy's check gives too
COPY_REFUSED = ("42501", "0A000")  # COPY FROM is not supported where row-level security holds
TAKEN = "23505"  # a unique key is looked at after the policies, so that they let the row pass


def run(
    connection: Connection, tables: dict[str, Table], filled: Filled, only: Iterable[str] = ()
) -> tuple[int, list[str]]:
    """Try every cell, or those of some tables; gives how many there were and what was wrong, a sentence each."""
    wanted = set(only)
    chosen = [table for table in tables.values() if table.kind and (not wanted or table.name in wanted)]
    connection.execute(_TRY)
    count = 0
    wrong: list[str] = []
    for scope in SCOPES:
        clients = "{" + ",".join(map(str, scope.clients)) + "}"
        connection.execute(
            "select set_config('gr.organisation', %s, true), set_config('gr.clients', %s, true)",
            (str(scope.organisation or ""), clients),
        )
        connection.execute(f"set local role {APP}")
        for table in chosen:
            statements = list(cells(table, tables, filled, scope))
            for cell, (state, rows) in zip(statements, _tried(connection, statements), strict=True):
                wrong += _judge(cell, state, rows)
            copies = list(copies_in(table, tables, scope))
            for cell in copies:
                wrong += _judge(cell, *_copy_in(connection, cell.statement))
            out = list(copies_out(table, filled, scope))
            for cell, (state, rows) in zip(out, _copy_out(connection, table, out), strict=True):
                wrong += _judge(cell, state, rows)
            count += len(statements) + len(copies) + len(out)
        connection.execute("reset role")
    return count, wrong


def _judge(cell: Cell, state: str | None, rows: int | None) -> Iterator[str]:
    name = f"{cell.table}: scope {cell.scope}, row of {cell.owner}, {cell.verb}"
    if cell.rows is None:
        if state not in (COPY_REFUSED if cell.verb == "copy in" else REFUSED):
            yield f"{name}: must be refused, but {_said(state, rows)}"
    elif not (state == TAKEN and cell.rows) and (state is not None or rows != cell.rows):
        yield f"{name}: must touch {cell.rows} rows, but {_said(state, rows)}"


def _said(state: str | None, rows: int | None) -> str:
    return f"touched {rows}" if state is None else f"ended with {state}"


def _tried(connection: Connection, cells: list[Cell]) -> list[tuple[str | None, int | None]]:
    return connection.execute("select * from pg_temp.tried(%s)", ([cell.statement for cell in cells],)).fetchall()


def _copy_in(connection: Connection, statement: str) -> tuple[str | None, int | None]:
    connection.execute("savepoint copying")
    state = None
    try:
        with connection.cursor().copy(statement):
            """Nothing is sent: where COPY is let begin at all, it would take any row."""
    except psycopg.Error as error:
        state = error.sqlstate
    connection.execute("rollback to savepoint copying; release savepoint copying")
    return state, 0


def _copy_out(connection: Connection, table: Table, cells: list[Cell]) -> list[tuple[str | None, int | None]]:
    connection.execute("savepoint copying")
    lines: list[tuple[str | None, ...]] = []
    state = None
    try:
        with connection.cursor().copy(cells[0].statement) as copy:
            lines = list(copy.rows())
    except psycopg.Error as error:
        state = error.sqlstate
    connection.execute("rollback to savepoint copying; release savepoint copying")
    found: list[tuple[str | None, int | None]] = []
    for owner in owners_in(table, OWNERS):
        values = {table.organisation: owner.organisation, table.client: owner.client}
        line = tuple(str(value) if (value := values[column]) else None for column in table.tenant_columns)
        found.append((state, lines.count(line)))
    return found
