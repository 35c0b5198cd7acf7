"""PostgreSQL for the rooms: a pool, scoped transactions, rows as dictionaries. Statements live in the rooms' stores."""

import select
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import set_json_dumps
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from greenroom.infra.plain import plain_json
from greenroom.kit.errors import NotFound, Unavailable

set_json_dumps(plain_json)

Row = DictRow
Params = Mapping[str, Any] | None
Connection = psycopg.AsyncConnection[DictRow]

# set_config(..., true) ends with the transaction, so a pooled connection carries no tenant to its next user.
_SCOPE = """select set_config('gr.organisation', %(organisation)s, true),
                   set_config('gr.clients', %(clients)s, true),
                   set_config('gr.actor', %(actor)s, true)"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a transaction sees: one organisation and some of its clients."""

    organisation: UUID
    clients: tuple[UUID, ...]
    actor: str


class Tx:
    """One open transaction. Whoever opened it commits it; rooms only add statements."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._after: list[Callable[[], Awaitable[None]]] = []

    async def all(self, sql: str, params: Params = None) -> list[Row]:
        cursor = await self._run(sql, params)
        return await cursor.fetchall()

    async def maybe(self, sql: str, params: Params = None) -> Row | None:
        cursor = await self._run(sql, params)
        return await cursor.fetchone()

    async def one(self, sql: str, params: Params = None, *, missing: str = "There is no such record here") -> Row:
        row = await self.maybe(sql, params)
        if row is None:
            raise NotFound(missing)
        return row

    async def value(self, sql: str, params: Params = None) -> Any:
        """The first column of the first row, or None when there is no row."""
        row = await self.maybe(sql, params)
        return None if row is None else next(iter(row.values()))

    async def execute(self, sql: str, params: Params = None) -> int:
        """The number of rows that the statement changed."""
        return (await self._run(sql, params)).rowcount

    async def execute_many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        async with self.connection.cursor() as cursor:
            await cursor.executemany(sql, rows)

    async def enter(self, scope: Scope) -> None:
        """See the scope's rows from here on; for the little that looks for its tenant first."""
        await self.execute(_SCOPE, _settings(scope))

    def after_commit(self, call: Callable[[], Awaitable[None]]) -> None:
        """Run `call` once this transaction is committed; never when it is rolled back."""
        self._after.append(call)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part of this transaction that is undone by itself when it raises; the rest stands."""
        pending = len(self._after)
        try:
            async with self.connection.transaction():
                yield
        except BaseException:
            del self._after[pending:]
            raise

    async def _run(self, sql: str, params: Params) -> psycopg.AsyncCursor[DictRow]:
        return await self.connection.execute(sql, params)

    async def _committed(self) -> None:
        for call in self._after:
            await call()


class Database:
    """The application's pool of connections. `url` signs in as the application's role, which owns nothing."""

    def __init__(self, url: str, *, size: int = 8) -> None:
        self.url = url
        self._pool = AsyncConnectionPool(
            url,
            connection_class=psycopg.AsyncConnection[DictRow],
            kwargs={"row_factory": dict_row, "autocommit": True},  # `_begin` says when a transaction begins
            min_size=1,
            max_size=size,
            timeout=15,
            open=False,
            check=_check,
            # The pool's own attempts lie up to minutes apart; after a second it asks `_try_again`, again and again.
            reconnect_timeout=1,
            reconnect_failed=_try_again,
        )

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self, scope: Scope | None = None) -> AsyncIterator[Tx]:
        """Open a transaction that sees `scope`'s rows (none without one); commit at the end, roll back on error.

        Raises Unavailable when no connection can be had within 15 s.
        """
        try:
            async with self._pool.connection() as connection:
                tx = Tx(connection)
                await _begin(connection, scope)
                yield tx  # the pool commits, or rolls back, whatever is open when its block ends
        except PoolTimeout as error:
            raise Unavailable("The database does not answer; try again in a moment") from error
        await tx._committed()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Connection]:
        """A connection of its own, in autocommit, for LISTEN and for advisory locks held over transactions."""
        connection = await psycopg.AsyncConnection.connect(self.url, row_factory=dict_row, autocommit=True)
        async with connection:
            yield connection


async def _begin(connection: Connection, scope: Scope | None) -> None:
    """Begin a transaction and set its scope, in one message to the server."""
    if scope is None:
        await connection.execute("begin")
    else:
        async with psycopg.AsyncClientCursor(connection) as cursor:
            await cursor.execute(f"begin; {_SCOPE}", _settings(scope))


async def _check(connection: Connection) -> None:
    """Ask an idle connection only where it has something to say: a server that ends closes it, which can be read."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        await AsyncConnectionPool.check_connection(connection)


async def _try_again(pool: AsyncConnectionPool[Any]) -> None:
    """Ask the pool for a connection, which makes it try the database at once."""
    with suppress(PoolTimeout, PoolClosed):
        async with pool.connection(timeout=1):
            """It is back in the pool for whoever waits."""


def _settings(scope: Scope) -> dict[str, str]:
    clients = "{" + ",".join(str(client) for client in scope.clients) + "}"
    return {"organisation": str(scope.organisation), "clients": clients, "actor": scope.actor}
