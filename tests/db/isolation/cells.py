"""The cells of the matrix: table × scope × row owner × verb as statements, with what the declared model expects."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from tests.db.isolation.catalogue import Table
from tests.db.isolation.filler import Filled, Owner, Row, insert, literal, owned, owners_in, row_for, whose

ONE, OTHER = uuid4(), uuid4()  # organisations
FIRST, SIBLING, FOREIGN = uuid4(), uuid4(), uuid4()  # two clients of the one, a client of the other

OWNERS = (
    Owner("first client", ONE, FIRST),
    Owner("sibling client", ONE, SIBLING),
    Owner("other organisation", OTHER, FOREIGN),
    Owner("organisation's own", ONE, None),
    Owner("other organisation's own", OTHER, None),
    Owner("nobody", None, None),
)


@dataclass(frozen=True)
class Scope:
    """What a transaction says it acts for."""

    name: str
    organisation: UUID | None
    clients: tuple[UUID, ...]


SCOPES = (
    Scope("first client", ONE, (FIRST,)),
    Scope("sibling client", ONE, (SIBLING,)),
    Scope("both clients", ONE, (FIRST, SIBLING)),
    Scope("organisation without clients", ONE, ()),
    Scope("first client and a foreign client's id", ONE, (FIRST, FOREIGN)),
    Scope("other organisation", OTHER, (FOREIGN,)),
    Scope("none", None, ()),
)


@dataclass(frozen=True)
class Cell:
    """One try: `rows` is how many rows it may touch, None that it must be refused."""

    table: str
    scope: str
    owner: str
    verb: str
    statement: str
    rows: int | None


def sees(table: Table, scope: Scope, owner: Owner) -> bool:
    """The model: whether this scope may see and change this owner's rows."""
    kind = table.kind
    assert kind is not None
    if owner.organisation is None:
        return kind.unowned
    if owner.organisation != scope.organisation:
        return False
    if not kind.by_client:
        return True
    return kind.shared if owner.client is None else owner.client in scope.clients


def cells(table: Table, tables: dict[str, Table], filled: Filled, scope: Scope) -> Iterator[Cell]:
    """Every cell of a table or view under a scope, but for those that COPY needs a connection for."""
    owners = owners_in(table, OWNERS)
    seen = {owner: filled.present[table.name, owner] if sees(table, scope, owner) else 0 for owner in owners}
    reads = table.may("select", table.tenant_columns)
    for owner in owners:
        statement = f"select from {table.name} where {whose(table, owner)}"
        yield _cell(table, scope, owner, "select", statement, seen[owner], rights=reads)
    if table.relkind != "v":
        for owner in owners:
            yield from _on_row(table, tables, scope, owner, seen)
            yield from _upserts(table, tables, filled, scope, owner)
        yield from _blind(table, scope, seen)


def _cell(
    table: Table,
    scope: Scope,
    owner: Owner | None,
    verb: str,
    statement: str,
    rows: int,
    *,
    rights: bool,
    passes: bool = True,
) -> Cell:
    """A cell that touches `rows` where the application has the rights and the row that comes out is in the scope."""
    name = owner.name if owner else "all"
    return Cell(table.name, scope.name, name, verb, statement, rows if rights and passes else None)


def _on_row(
    table: Table, tables: dict[str, Table], scope: Scope, owner: Owner, seen: dict[Owner, int]
) -> Iterator[Cell]:
    """What names an owner's row: a new one, and the one that is there changed, deleted, given to another."""
    row, where = row_for(table, owner, tables), f"where {whose(table, owner)}"
    setting, rows = _setting(table), seen[owner]
    reads = table.may("select", table.tenant_columns)
    updates, moves = table.may("update", tuple(setting)), table.may("update", table.tenant_columns)
    inserts, mine = table.may("insert", tuple(row)), sees(table, scope, owner)
    change = f"update {table.name} set {_assignments(setting)} {where}"
    yield _cell(table, scope, owner, "insert", insert(table, row), 1, rights=inserts, passes=mine)
    yield _cell(table, scope, owner, "update", change, rows, rights=updates and reads)
    yield _cell(
        table, scope, owner, "delete", f"delete from {table.name} {where}", rows, rights=table.deletes and reads
    )
    for target in seen:
        if target is not owner:
            move = f"update {table.name} set {_assignments(owned(table, target))} {where}"
            passes = not rows or sees(table, scope, target)
            yield _cell(
                table, scope, owner, f"move to {target.name}", move, rows, rights=moves and reads, passes=passes
            )


def _upserts(table: Table, tables: dict[str, Table], filled: Filled, scope: Scope, owner: Owner) -> Iterator[Cell]:
    """An insert that meets the key of an owner's row: by the owner itself, and by everybody whom the scope sees."""
    if not table.key:
        return
    row, setting, existing = row_for(table, owner, tables), _setting(table), filled.rows[table.name, owner]
    rights = table.may("insert", tuple(row)) and table.may("update", tuple(setting)) and table.may("select", table.key)
    mine = sees(table, scope, owner)
    upsert = _upsert(table, row | {column: existing[column] for column in table.key}, setting)
    yield _cell(table, scope, owner, "upsert", upsert, 1, rights=rights, passes=mine)
    tenant = [column for column in table.tenant_columns if column in table.key]
    for self in owners_in(table, OWNERS):
        if self is owner or not sees(table, scope, self):
            continue
        key = {column: existing[column] for column in table.key if column not in table.tenant_columns}
        onto = _upsert(table, row_for(table, self, tables) | key, setting)
        clash = all(owned(table, self)[column] == owned(table, owner)[column] for column in tenant)
        verb = f"upsert onto its key as {self.name}"
        yield _cell(table, scope, owner, verb, onto, 1, rights=rights, passes=mine or not clash)


def _blind(table: Table, scope: Scope, seen: dict[Owner, int]) -> Iterator[Cell]:
    """Without WHERE and RETURNING, so that only the verb's own policies stand between."""
    setting, everything = _setting(table), sum(seen.values())
    for owner in seen:
        move = f"update {table.name} set {_assignments(owned(table, owner))}"
        passes = sees(table, scope, owner) or not everything
        rights = table.may("update", table.tenant_columns)
        yield _cell(table, scope, owner, "blind move", move, everything, rights=rights, passes=passes)
    for organisation in (ONE, OTHER) if table.client and table.organisation else ():
        # The rows keep clients that are in the scope, so that only the organisation can be refused.
        move = f"update {table.name} set {table.organisation} = '{organisation}'"
        passes = organisation == scope.organisation or not everything
        rights = table.may("update", table.tenant_columns[:1])
        verb = f"blind move to {'the other' if organisation is OTHER else 'one'} organisation"
        yield _cell(table, scope, None, verb, move, everything, rights=rights, passes=passes)
    change = f"update {table.name} set {_assignments(setting)}"
    yield _cell(table, scope, None, "blind update", change, everything, rights=table.may("update", tuple(setting)))
    yield _cell(table, scope, None, "blind delete", f"delete from {table.name}", everything, rights=table.deletes)
    yield _cell(table, scope, None, "truncate", f"truncate {table.name}", 0, rights=False)


def copies_in(table: Table, tables: dict[str, Table], scope: Scope) -> Iterator[Cell]:
    """COPY into a table, which row-level security does not support and PostgreSQL therefore refuses."""
    for owner in owners_in(table, OWNERS) if table.relkind != "v" else ():
        columns = ", ".join(row_for(table, owner, tables))
        yield Cell(table.name, scope.name, owner.name, "copy in", f"copy {table.name} ({columns}) from stdin", None)


def copies_out(table: Table, filled: Filled, scope: Scope) -> Iterator[Cell]:
    """The table to a file, as a backup would take it, looked through for each owner's rows."""
    source = table.name if table.relkind == "r" else f"(select {', '.join(table.tenant_columns)} from {table.name})"
    columns = f" ({', '.join(table.tenant_columns)})" if table.relkind == "r" else ""
    for owner in owners_in(table, OWNERS):
        rows = filled.present[table.name, owner] if sees(table, scope, owner) else 0
        expected = rows if table.may("select", table.tenant_columns) else None
        yield Cell(table.name, scope.name, owner.name, "copy out", f"copy {source}{columns} to stdout", expected)


def _setting(table: Table) -> Row:
    """What an update that moves nothing sets: a column that says nothing of the owner, one the application may set."""
    fixed = (*table.tenant_columns, *table.partition_by)
    plain = [column for column in table.columns.values() if column.name not in fixed and not column.generated]
    if not plain:
        assert table.organisation is not None
        return {table.organisation: table.organisation}
    plain.sort(key=lambda column: ("update" not in column.rights, column.name in table.key))
    return {plain[0].name: literal(plain[0])}


def _assignments(row: Row) -> str:
    return ", ".join(f"{column} = {value}" for column, value in row.items())


def _upsert(table: Table, row: Row, setting: Row) -> str:
    return f"{insert(table, row)} on conflict ({', '.join(table.key)}) do update set {_assignments(setting)}"
