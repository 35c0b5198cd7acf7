"""Rows for any table, made from its columns' types, so that a new table is in the proof without a word about it."""

import re
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID, uuid4

from tests.db.isolation.catalogue import OURS, Column, Connection, Table

_BOUND = re.compile(r"(?:FROM|IN) \((.+?)\)(?: TO|$)")
_numbers = count(1)


@dataclass(frozen=True)
class Owner:
    """Whose a row is."""

    name: str
    organisation: UUID | None
    client: UUID | None


Row = dict[str, str]  # column -> SQL literal


@dataclass
class Filled:
    """The rows that are there: one an owner and table, and how many of an owner each table shows."""

    rows: dict[tuple[str, Owner], Row] = field(default_factory=dict)
    present: dict[tuple[str, Owner], int] = field(default_factory=dict)


def loosen(connection: Connection) -> None:
    """Drop in this transaction what says what a row may hold or refer to: the proof asks only whose it is."""
    connection.execute("set local session_replication_role = replica")  # no foreign keys, no triggers
    found = connection.execute(
        f"""select format('%I.%I', n.nspname, c.relname), quote_ident(k.conname) from pg_constraint k
            join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            where k.contype in ('c', 'x') and k.coninhcount = 0 and {OURS}"""
    ).fetchall()
    for table, name in found:
        connection.execute(f"alter table {table} drop constraint {name}")


def owners_in(table: Table, owners: tuple[Owner, ...]) -> tuple[Owner, ...]:
    """Those whose rows the table can hold, each once."""
    organisation, client = table.organisation, table.client
    assert organisation is not None
    seen: dict[tuple[UUID | None, UUID | None], Owner] = {}
    for owner in owners:
        if owner.organisation is None and not _nullable(table, organisation):
            continue
        if client and owner.client is None and not _nullable(table, client):
            continue
        seen.setdefault((owner.organisation, owner.client if client else None), owner)
    return tuple(seen.values())


def row_for(table: Table, owner: Owner, tables: dict[str, Table]) -> Row:
    """A fresh row: every column that must be given, those of the key, and its owner's."""
    row = {}
    for column in table.columns.values():
        needed = column.name in table.key or not (column.nullable or column.filled)
        if needed and not column.generated:
            row[column.name] = literal(column)
    row.update(_bound(tables[table.children[0]] if table.children else table))
    return row | owned(table, owner)


def owned(table: Table, owner: Owner) -> Row:
    """The columns that say whose a row is."""
    values = {table.organisation: owner.organisation, table.client: owner.client}
    return {column: f"'{value}'::uuid" if value else "null" for column, value in values.items() if column}


def whose(table: Table, owner: Owner) -> str:
    """The condition that finds an owner's rows."""
    return " and ".join(f"{column} is not distinct from {value}" for column, value in owned(table, owner).items())


def insert(table: Table, row: Row) -> str:
    return f"insert into {table.name} ({', '.join(row)}) values ({', '.join(row.values())})"


def literal(column: Column) -> str:
    """A value that no other row has, where the type allows that."""
    number = next(_numbers)
    if column.type.endswith("[]"):
        return f"'{{}}'::{column.type}"
    if column.label is not None:
        return f"'{column.label}'::{column.type}"
    match column.type:
        case "uuid":
            return f"'{uuid4()}'::uuid"
        case "text" | "character varying" | "citext":
            return f"'t{number}'"
        case "bytea":
            return f"'\\x{number:032x}'::bytea"
        case "smallint":
            return str(number % 32_768)
        case "integer" | "bigint" | "numeric" | "real" | "double precision":
            return str(number)
        case "boolean":
            return "false"
        case "json" | "jsonb":
            return f"""'{{"n": {number}}}'::{column.type}"""
        case "date":
            return f"date '2026-01-01' + {number}"
        case "timestamp with time zone" | "timestamp without time zone":
            return f"('2026-01-01'::timestamp + interval '{number} hours')::{column.type}"
        case "time without time zone":
            return f"time '00:00' + interval '{number} minutes'"
        case "interval":
            return f"interval '{number} seconds'"
        case "xid8":
            return f"'{number}'::xid8"
        case "inet" | "cidr":
            return f"'10.0.0.1'::{column.type}"
    raise AssertionError(f"Teach literal() a value of type {column.type}, which {column.name} has")


def fill(
    connection: Connection, tables: dict[str, Table], owners: tuple[Owner, ...], known: Filled | None = None
) -> Filled:
    """A row of every owner in every table that has tenants; tables that are `known` have theirs already."""
    filled = Filled(dict(known.rows), dict(known.present)) if known else Filled()
    ours = [table for table in tables.values() if table.kind]
    for table in ours:
        for owner in owners_in(table, owners) if table.relkind == "r" else ():
            if (table.name, owner) not in filled.rows:
                filled.rows[table.name, owner] = row_for(table, owner, tables)
                connection.execute(insert(table, filled.rows[table.name, owner]))
    for table in ours:
        for owner in owners_in(table, owners):
            if table.relkind == "v" and (table.name, owner) in filled.present:
                continue  # a view that now reads with another's rights may show a superuser something else
            found = connection.execute(f"select count(*) from {table.name} where {whose(table, owner)}").fetchone()
            filled.present[table.name, owner] = found[0] if found else 0
            if table.relkind == "p" and table.children:
                filled.rows[table.name, owner] = filled.rows[table.children[0], owner]
    return filled


def _bound(partition: Table) -> Row:
    """The partition's key, at the lower end of what the partition takes."""
    found = _BOUND.search(partition.bound or "")
    if found is None:
        return {}
    return dict(zip(partition.partition_by, found[1].split(", "), strict=False))


def _nullable(table: Table, column: str) -> bool:
    return table.relkind != "v" and table.columns[column].nullable  # a view's columns all say that they are
