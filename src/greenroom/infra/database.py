"""PostgreSQL for the rooms: a pool, scoped transactions, rows as dictionaries. Statements live in the rooms' stores."""

import asyncio
import select
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout
from pydantic_core import from_json

from greenroom.infra.open_transactions import transaction_marked, waiting_excepted
from greenroom.infra.plain import plain_json
from greenroom.kit.errors import NotFound, Unavailable

set_json_dumps(plain_json)
# A list of fifty records has a hundred such values and more.
set_json_loads(from_json)

Row = DictRow
Params = Mapping[str, Any] | None
Connection = psycopg.AsyncConnection[DictRow]

# set_config(..., true) ends with the transaction, so a pooled connection carries no tenant to its next user.
_SCOPE = """select set_config('gr.organisation', %(organisation)s, true),
                   set_config('gr.clients', %(clients)s, true),
                   set_config('gr.actor', %(actor)s, true)"""
# A server that is gone without a word is noticed within a minute; unless the address says otherwise.
_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_IDLE = "select set_config('idle_in_transaction_session_timeout', %(idle)s, true)"


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
        self._alive: dict[str, Any] = {k: value for k, value in _ALIVE.items() if k not in conninfo_to_dict(url)}
        self._idle: str | None = None
        self._patient = asyncio.Semaphore(max(1, size // 4))
        self._pool = AsyncConnectionPool(
            url,
            connection_class=psycopg.AsyncConnection[DictRow],
            # `_begin` says when a transaction begins.
            kwargs={"row_factory": dict_row, "autocommit": True, **self._alive},
            min_size=1,
            max_size=size,
            timeout=15,
            open=False,
            check=_check,
            # The pool's own attempts lie up to minutes apart; after a second it asks `_try_again`, again and again.
            reconnect_timeout=1,
            reconnect_failed=_try_again,
        )

    def end_idle_after(self, limit: timedelta) -> None:
        """From now on the server ends a transaction in which nothing happens for so long, with all of its locks: for
        processes that others stand in for when they freeze."""
        self._idle = f"{limit.total_seconds():.0f}s"

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self, scope: Scope | None = None) -> AsyncIterator[Tx]:
        """Open a transaction that sees `scope`'s rows (none without one); commit at the end, roll back on error.

        Raises Unavailable when no connection can be had within 15 s, and psycopg's error when a statement failed
        inside, though somebody suppressed that: nothing can be kept then.
        """
        try:
            async with self._pool.connection() as connection:
                tx = Tx(connection)
                await _begin(connection, scope, self._idle)
                with transaction_marked():
                    yield tx  # the pool commits, or rolls back, whatever is open when its block ends
                _expect_whole(connection)
        except PoolTimeout as error:
            raise Unavailable("The database does not answer; try again in a moment") from error
        await tx._committed()

    async def by_itself(self, sql: str, params: Params = None) -> Row | None:
        """The first row of one statement that is a whole transaction: it sees what it sets the scope to, and no more.

        For what every request asks, which three messages less make faster. Raises Unavailable as `transaction` does.
        """
        try:
            async with self._pool.connection() as connection:
                return await (await connection.execute(sql, params)).fetchone()
        except PoolTimeout as error:
            raise Unavailable("The database does not answer; try again in a moment") from error

    @asynccontextmanager
    async def patient(self, limit: timedelta) -> AsyncIterator[None]:
        """Around a transaction that holds its locks while another server answers: for at most `limit` each, and with
        a quarter of the connections all together, for which it waits as long. Raises TimeoutError."""
        async with asyncio.timeout(limit.total_seconds()):
            await self._patient.acquire()
        try:
            async with asyncio.timeout(limit.total_seconds()):
                with waiting_excepted():
                    yield
        finally:
            self._patient.release()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Connection]:
        """A connection of its own, in autocommit, for LISTEN and for advisory locks held over transactions."""
        connection = await psycopg.AsyncConnection.connect(
            self.url, row_factory=dict_row, autocommit=True, **self._alive
        )
        async with connection:
            yield connection


async def _begin(connection: Connection, scope: Scope | None, idle: str | None) -> None:
    """Begin a transaction and set its scope and limit, in one message to the server."""
    if scope is None and idle is None:
        await connection.execute("begin")
        return
    settings = {"idle": idle, **(_settings(scope) if scope else {})}
    statements = ("begin", _IDLE if idle else "", _SCOPE if scope else "")
    async with psycopg.AsyncClientCursor(connection) as cursor:
        await cursor.execute("; ".join(filter(None, statements)), settings)


def _expect_whole(connection: Connection) -> None:
    """COMMIT after a failed statement rolls back and says nothing of it; a lost connection is not even asked."""
    if connection.info.transaction_status == TransactionStatus.INERROR:
        raise psycopg.errors.InFailedSqlTransaction("A statement failed here and was passed over; nothing was kept")
    if connection.closed:
        raise psycopg.OperationalError("The connection was lost before the transaction's end; nothing was kept")


@contextmanager
def lost_as_unavailable() -> Iterator[None]:
    """A database that goes away in the middle is Unavailable too, for who goes on without it."""
    try:
        yield
    except (psycopg.OperationalError, PoolClosed) as error:
        raise Unavailable("The database does not answer; try again in a moment") from error


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
