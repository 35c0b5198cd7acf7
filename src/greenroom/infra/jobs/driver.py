"""The engine's own connection: one asyncpg connection that comes back by itself when the database was away.

PgQueuer's manager then never sees an outage: its statement waits. Each of its statements may be sent twice, because
ours are fenced by owner and a claim that got lost on the way goes stale and is claimed again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import Relay
from pgqueuer.core.tm import TaskManager
from pgqueuer.ports.driver import Driver, NotifyCallback
from psycopg.conninfo import conninfo_to_dict

log = logging.getLogger(__name__)
T = TypeVar("T")

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    OSError,
    TimeoutError,
)
_PAUSES = (0.1, 0.2, 0.5, 1.0)


class LastingDriver(Driver):
    """One connection for one queue of one worker; `greet` runs on every fresh connection."""

    def __init__(self, url: str, greet: Callable[["asyncpg.Connection"], Awaitable[None]], *, name: str) -> None:
        self._options = connect_options(url) | {
            # Doorbells may be forgotten by a crash of the server: one that was claimed rings again, one that was
            # answered finds its job ended. Whatever gr.job says is on the disk when it is said.
            "server_settings": {"application_name": name, "synchronous_commit": "off"},
            "command_timeout": 30,
            "timeout": 10,
        }
        self._greet = greet
        self._connection: asyncpg.Connection | None = None
        self._listeners: list[tuple[str, NotifyCallback]] = []
        self._lock = asyncio.Lock()
        self._shutdown = asyncio.Event()
        self._closing = False

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        rows = await self._lasting(lambda connection: connection.fetch(query, *args))
        return [dict(row) for row in rows]

    async def execute(self, query: str, *args: object) -> str:
        return str(await self._lasting(lambda connection: connection.execute(query, *args)))

    async def notify(self, channel: str, payload: str) -> None:
        await self.execute("select pg_notify($1, $2)", channel, payload)

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        self._listeners.append((channel, callback))
        await self._lasting(lambda connection: connection.add_listener(channel, Relay(callback)))

    async def remove_listener(self, channel: str, callback: NotifyCallback) -> None:
        self._listeners.remove((channel, callback))
        await self._lasting(lambda connection: connection.remove_listener(channel, Relay(callback)))

    def stop_waiting(self) -> None:
        """From now on a database that is away is an error, so that a worker can stop without one."""
        self._closing = True

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    @property
    def shutdown(self) -> asyncio.Event:
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        return TaskManager()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None: ...

    async def _lasting(self, call: Callable[[Any], Awaitable[T]]) -> T:
        """The call's result, on a new connection when the present one is lost, as often as it takes."""
        attempt = 0
        while True:
            try:
                async with self._lock:
                    result = await call(await self._connected())
            except _LOST as error:
                await self.close()
                if self._closing:
                    raise
                if attempt == 0:
                    log.warning("the job engine lost the database (%s: %s); trying again", type(error).__name__, error)
                await asyncio.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
                attempt += 1
            else:
                if attempt:
                    log.warning("the job engine has the database again")
                return result

    async def _connected(self) -> Any:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(**self._options)
            await self._greet(self._connection)
            for channel, callback in self._listeners:
                await self._connection.add_listener(channel, Relay(callback))
        return self._connection


def connect_options(url: str) -> dict[str, Any]:
    """asyncpg's parameters for an address that psycopg reads, in either of libpq's spellings."""
    names = {"dbname": "database", "sslmode": "ssl"}
    known = ("host", "port", "user", "password", "dbname", "sslmode")
    parts = conninfo_to_dict(url)
    return {names.get(key, key): parts[key] for key in known if parts.get(key) is not None}
