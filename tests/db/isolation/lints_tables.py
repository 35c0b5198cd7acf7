"""Lints over tables: row-level security, what its policies say, keys between tenants. Each finding is a sentence."""

import re
from collections.abc import Iterator
from typing import Any

from psycopg.rows import dict_row

from tests.db.isolation import catalogue
from tests.db.isolation.catalogue import OURS, Connection, Table
from tests.db.isolation.declared import (
    APP,
    BY_ORGANISATION,
    GLOBAL,
    GLOBAL_UNIQUES,
    LOOKUP,
    NEVER_CHANGED,
    SHARED,
    UNOWNED,
)

_FREE_CALL = re.compile(r"(?<!SELECT )gr\.\w+\(")
_SCOPE_CALLS = {"gr.organisation(", "gr.clients("}


def undeclared(connection: Connection) -> Iterator[str]:
    """Every table says whose its rows are, by its columns or by a declaration that is still true."""
    tables = catalogue.tables(connection)
    for table in _stored(tables):
        if table.name in GLOBAL:
            continue
        if table.organisation is None:
            yield f"{table.name} has no organisation_id: add it, or declare in GLOBAL why it is nobody's"
            continue
        if table.columns[table.organisation].nullable and table.name not in UNOWNED:
            yield f"{table.name}.organisation_id may be null: make it not null, or declare in UNOWNED why it may"
        if table.client and table.columns[table.client].nullable and table.name not in SHARED | BY_ORGANISATION:
            yield f"{table.name}.client_id may be null: make it not null, or declare in SHARED why it may"
    for name in {*GLOBAL, *SHARED, *UNOWNED, *BY_ORGANISATION, *NEVER_CHANGED} - set(tables):
        yield f"{name} is declared but does not exist: remove the declaration"


def unforced(connection: Connection) -> Iterator[str]:
    """Row-level security is on, and holds for the owner too, on every table and partition that has tenants."""
    for row in _rows(connection, "select c.relname, c.relrowsecurity, c.relforcerowsecurity"):
        if row["name"] not in GLOBAL and not (row["relrowsecurity"] and row["relforcerowsecurity"]):
            yield f"{row['name']} does not force row-level security: finish it with gr.secure()"


def policies(connection: Connection) -> Iterator[str]:
    """The application's policies name organisation and client in USING and in WITH CHECK, once a query each."""
    tables = catalogue.tables(connection)
    guarded = set()
    for row in _policies(connection):
        table, name = tables[row["name"]], f"policy {row['polname']} on {row['name']}"
        if not row["roles"] or set(row["roles"]) - {APP, LOOKUP}:
            yield f"{name} is for {row['roles'] or 'everybody'}: name greenroom_app"
        if APP not in row["roles"] and row["roles"]:
            continue
        guarded.add(table.name)
        clauses = {"USING": row["using"], "WITH CHECK": row["check"]}
        needed = {"r": ("USING",), "d": ("USING",), "a": ("WITH CHECK",)}.get(row["polcmd"], tuple(clauses))
        for word in needed:
            yield from _clause(table, f"{name}: {word}", clauses[word] or "")
    for table in _stored(tables):
        if table.kind and table.name not in guarded:
            yield f"{table.name} has no policy for {APP}: finish it with gr.secure()"


def _clause(table: Table, name: str, text: str) -> Iterator[str]:
    if table.organisation is None:
        return
    if f"({table.organisation} = ( SELECT gr.organisation() AS organisation))" not in text:
        yield f"{name} does not hold {table.organisation} to (select gr.organisation())"
    by_client = table.kind is not None and table.kind.by_client
    if by_client and not re.search(r"client_id = ANY \(\(?\( SELECT gr\.clients\(\) AS clients\)", text):
        yield f"{name} does not hold client_id to (select gr.clients())"
    if _FREE_CALL.search(text) or set(re.findall(r"gr\.\w+\(", text)) - _SCOPE_CALLS:
        yield f"{name} calls a function for each row: write (select gr.organisation()) and (select gr.clients())"


def foreign_keys(connection: Connection) -> Iterator[str]:
    """A key between tables of tenants carries the organisation, and the client where both have one."""
    tables = catalogue.tables(connection)
    keys = f"""select k.conname, c.nspname || '.' || c.relname as name, f.nspname || '.' || f.relname as target,
                      k.confdeltype::text as on_delete, k.confdelsetcols is not null as some_set_null,
                      array(select a.attname::text from unnest(k.conkey) with ordinality x (number, place)
                            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.number
                            order by place) as columns,
                      array(select a.attname::text from unnest(k.confkey) with ordinality x (number, place)
                            join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.number
                            order by place) as targets
               from pg_constraint k
               join (select c.oid, c.relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where {OURS}) c on c.oid = k.conrelid
               join (select c.oid, c.relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace)
                    f on f.oid = k.confrelid
               where k.contype = 'f' and k.conparentid = 0"""
    for row in _all(connection, keys):
        source, target = tables[row["name"]], tables[row["target"]]
        if source.organisation is None or target.organisation is None:
            continue
        pairs = set(zip(row["columns"], row["targets"], strict=True))
        if (source.organisation, target.organisation) not in pairs:
            yield f"{row['name']}: {row['conname']} may refer to another organisation's row: add organisation_id to it"
        elif source.client and target.client and ("client_id", "client_id") not in pairs:
            yield f"{row['name']}: {row['conname']} may refer to another client's row: add client_id to it"
        if row["on_delete"] in ("n", "d") and not row["some_set_null"]:
            yield f"{row['name']}: {row['conname']} takes the tenant away on delete: name the column to set null"


def uniques(connection: Connection) -> Iterator[str]:
    """A unique key holds within an organisation, so that a clash tells nothing of another one."""
    tables = catalogue.tables(connection)
    indexes = """select i.relname as index, x.indexprs is not null as computed,
                        array(select a.attname::text from unnest(x.indkey::int2[]) with ordinality k (number, place)
                              join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
                              where k.place <= x.indnkeyatts) as columns"""
    joins = """join pg_index x on x.indrelid = c.oid and (x.indisunique or x.indisexclusion)
               join pg_class i on i.oid = x.indexrelid"""
    found = set()
    for row in _rows(connection, indexes, joins):
        table, index = tables[row["name"]], f"{row['name'].partition('.')[0]}.{row['index']}"
        if table.kind is None or table.organisation in row["columns"]:
            continue
        found.add(index)
        if index not in GLOBAL_UNIQUES:
            yield f"{index} is unique over all organisations: begin it with organisation_id"
    for index in set(GLOBAL_UNIQUES) - found:
        yield f"{index} is declared as unique over all organisations but is not: remove the declaration"


def _stored(tables: dict[str, Table]) -> Iterator[Table]:
    return (table for table in tables.values() if table.relkind != "v")


def _policies(connection: Connection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        """select p.polname, p.polcmd::text, pg_get_expr(p.polqual, c.oid) as using,
                  pg_get_expr(p.polwithcheck, c.oid) as check,
                  array(select r.rolname::text from pg_roles r where r.oid = any (p.polroles)) as roles""",
        "join pg_policy p on p.polrelid = c.oid",
    )


def _rows(connection: Connection, select: str, joins: str = "") -> list[dict[str, Any]]:
    return _all(
        connection,
        f"""{select}, n.nspname || '.' || c.relname as name from pg_class c
            join pg_namespace n on n.oid = c.relnamespace {joins}
            where {OURS} and c.relkind in ('r', 'p', 'f') order by name""",
    )


def _all(connection: Connection, statement: str) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement).fetchall()
