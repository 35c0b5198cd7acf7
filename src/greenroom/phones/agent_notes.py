"""What an agent says of its phones, written down in its turn, and what it must know of their leases."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn
from uuid import UUID

from greenroom.infra.context import Context, House
from greenroom.infra.http.live import Live
from greenroom.phones import agent_desk, lease_store, report
from greenroom.phones.agent_backlog import Backlog, Changes, Note
from greenroom.phones.lines import Line, Lines
from greenroom.phones.relay_wire import Ended
from greenroom.wire.messages import Beat, Phones

RENEWALS = 15.0
"""Seconds after which leases are looked at though nothing was heard: a renewal tells nobody."""

NOTED = 0.75 * agent_desk.BEAT.total_seconds()
"""Seconds between two beats that are written down."""


class Notes:
    """Of one connection of an agent. Everything ends with Ended once the agent may not speak on it any more."""

    def __init__(self, house: House, live: Live, lines: Lines, line: Line, connection: UUID) -> None:
        self._house, self._live, self._lines, self._line, self._connection = house, live, lines, line, connection
        self._agent, self._organisation = UUID(int=0), UUID(int=0)
        self._backlog = Backlog()
        self._look = asyncio.Event()
        self._beat_due = 0.0

    def of(self, agent: UUID, organisation: UUID) -> None:
        """It has proved who it is."""
        self._agent, self._organisation = agent, organisation

    async def put(self, note: Note) -> None:
        """A beat only where none was noted just now: agents beat more often than they have to be heard of."""
        now = time.monotonic()
        if isinstance(note, Beat):
            if now < self._beat_due:
                return
            self._beat_due = now + NOTED
        await self._backlog.put(note)

    async def write_on(self) -> NoReturn:
        while True:
            match await self._backlog.take():
                case Beat():
                    async with self._acting():
                        """It was heard of, as with everything that is noted."""
                case Phones(phones):
                    async with self._acting() as ctx:
                        ids = await report.all_seen(ctx, self._agent, phones)
                    self._lines.place(self._line, ids, phones)
                    self._look.set()
                case Changes(phones):
                    async with self._acting() as ctx:
                        ids = await report.some_seen(ctx, self._agent, phones)
                    if ids.items() - self._line.phones.items():
                        self._look.set()
                    self._lines.place(self._line, {**self._line.phones, **ids}, phones)

    async def hear_news(self) -> NoReturn:
        with self._live.hear(self._organisation) as ear:
            while True:
                await ear.wait(RENEWALS)
                ear.take()
                self._look.set()

    async def tell_leases(self) -> NoReturn:
        """What changed of the leases of its phones, as soon as it did."""
        while True:
            await self._look.wait()
            self._look.clear()
            phones = dict(self._line.phones)
            async with self._acting() as ctx:
                rows = {row["phone_id"]: row for row in await lease_store.standings(ctx, phones.values())}
            for number, phone in phones.items():
                if (row := rows.get(phone)) is not None:
                    self._line.tell_lease(
                        number, phone, epoch=row["epoch"], held=row["held"], expires_at=row["expires_at"],
                        seconds=float(row["seconds"]),
                    )  # fmt: skip

    async def leave(self) -> None:
        """The connection is over."""
        async with self._house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, self._house, self._agent)
            if ctx is not None:
                await agent_desk.disconnect(ctx, self._agent, self._connection)

    @asynccontextmanager
    async def _acting(self) -> AsyncIterator[Context]:
        """A transaction of the agent's, as long as it may enter and this connection speaks for it."""
        async with self._house.database.transaction() as tx:
            ctx = await agent_desk.acting(tx, self._house, self._agent)
            if ctx is None:
                raise Ended(agent_desk.FORGED)
            refused = await agent_desk.beat(ctx, self._agent, self._connection)
            if refused is not None:
                raise Ended(refused)
            yield ctx
