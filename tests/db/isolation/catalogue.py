"""Tables, columns, keys and the application's rights as pg_catalog has them, read again after every change."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.db.isolation.declared import APP, GLOBAL, ORGANISATION_COLUMN, Kind, kind_of

Connection = psycopg.Connection[Any]

OURS = "n.nspname <> 'information_schema' and n.nspname !~ '^pg_'"

_TABLES = f"""
select n.nspname || '.' || c.relname as name, c.relkind::text as relkind, pg_get_expr(c.relpartbound, c.oid) as bound,
       array(select m.nspname || '.' || k.relname from pg_inherits i join pg_class k on k.oid = i.inhrelid
             join pg_namespace m on m.oid = k.relnamespace where i.inhparent = c.oid order by 1) as children,
       array(select a.attname::text from pg_partitioned_table p
             join pg_attribute b on b.attrelid = p.partrelid and b.attnum = any (p.partattrs::int2[])
             join pg_attribute a on a.attrelid = c.oid and a.attname = b.attname
             where p.partrelid = c.oid or p.partrelid in (select inhparent from pg_inherits where inhrelid = c.oid)
             order by p.partrelid = c.oid) as partition_by,
       (select array(select a.attname::text from unnest(x.indkey::int2[]) with ordinality k (number, place)
                     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
                     where k.place <= x.indnkeyatts order by k.place)
        from pg_index x where x.indrelid = c.oid and x.indisunique and x.indpred is null and x.indexprs is null
        order by x.indisprimary desc, x.indexrelid limit 1) as key,
       has_table_privilege('{APP}', c.oid, 'delete') as deletes
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where {OURS} and c.relkind in ('r', 'p', 'v') order by c.relkind = 'p', 1
"""  # parents last: their rows lie in their partitions

_COLUMNS = f"""
select n.nspname || '.' || c.relname as table, a.attname as name, format_type(t.oid, null) as type,
       not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as filled, a.attgenerated <> '' as generated,
       (select e.enumlabel from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder limit 1) as label,
       has_column_privilege('{APP}', c.oid, a.attnum, 'select') as "select",
       has_column_privilege('{APP}', c.oid, a.attnum, 'insert') as "insert",
       has_column_privilege('{APP}', c.oid, a.attnum, 'update') as "update"
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type d on d.oid = a.atttypid
join pg_type t on t.oid = case d.typtype when 'd' then d.typbasetype else d.oid end
where {OURS} and c.relkind in ('r', 'p', 'v') order by 1, a.attnum
"""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    nullable: bool
    filled: bool  # by itself, where an insert does not name it
    generated: bool
    label: str | None  # the first label of an enum
    rights: frozenset[str]  # what the application may do with it


@dataclass(frozen=True)
class Table:
    """A table, partition or view."""

    name: str
    relkind: str
    columns: dict[str, Column]
    key: tuple[str, ...]
    children: tuple[str, ...]
    bound: str | None
    partition_by: tuple[str, ...]  # what its parent is divided by, then what it is divided by itself
    deletes: bool

    @property
    def organisation(self) -> str | None:
        """The column that names the organisation."""
        column = ORGANISATION_COLUMN.get(self.name, "organisation_id")
        return column if column in self.columns else None

    @property
    def client(self) -> str | None:
        return "client_id" if "client_id" in self.columns else None

    @property
    def tenant_columns(self) -> tuple[str, ...]:
        return tuple(column for column in (self.organisation, self.client) if column)

    @property
    def kind(self) -> Kind | None:
        """Whose its rows are; None when they are nobody's."""
        if self.name in GLOBAL or self.organisation is None:
            return None
        return kind_of(self.name, has_client=self.client is not None)

    def may(self, verb: str, columns: tuple[str, ...]) -> bool:
        """Whether the application's rights allow the verb on all of these columns."""
        return all(verb in self.columns[column].rights for column in columns)


def tables(connection: Connection) -> dict[str, Table]:
    """Every table, partition and view outside PostgreSQL's own schemas."""
    with connection.cursor(row_factory=dict_row) as cursor:
        columns: dict[str, dict[str, Column]] = {}
        for row in cursor.execute(_COLUMNS).fetchall():
            rights = frozenset(verb for verb in ("select", "insert", "update") if row[verb])
            columns.setdefault(row["table"], {})[row["name"]] = Column(
                row["name"], row["type"], row["nullable"], row["filled"], row["generated"], row["label"], rights
            )
        return {
            row["name"]: Table(
                row["name"], row["relkind"], columns.get(row["name"], {}), tuple(row["key"] or ()),
                tuple(row["children"]), row["bound"], tuple(row["partition_by"]), row["deletes"],
            )
            for row in cursor.execute(_TABLES).fetchall()
        }  # fmt: skip
