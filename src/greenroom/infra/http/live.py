"""One connection that listens for all live pages of this process, and wakes those it concerns."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn
from uuid import UUID

import psycopg

from greenroom.infra.database import Connection, Database
from greenroom.infra.events import CHANNEL
from greenroom.infra.jobs.announce import LIVE

log = logging.getLogger(__name__)

_MOST_JOBS = 500
"""Jobs whose progress one slow page may have waiting; it sees the others' progress with their next step."""


class Ear:
    """What one live page has not looked at yet: that something happened, and which jobs moved."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._jobs: set[UUID] = set()

    def wake(self, job: UUID | None = None) -> None:
        if job is not None and len(self._jobs) < _MOST_JOBS:
            self._jobs.add(job)
        self._woken.set()

    async def wait(self, seconds: float) -> bool:
        """Whether something happened within this time."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        return True

    def take(self) -> list[UUID]:
        """The jobs that moved since the last call; the page looks at everything else by its cursor."""
        self._woken.clear()
        jobs, self._jobs = self._jobs, set()
        return list(jobs)


class Live:
    """Hears for the process. Pages read what it tells them of under their own scope."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ears: dict[UUID, set[Ear]] = defaultdict(set)

    @contextmanager
    def hear(self, organisation: UUID) -> Iterator[Ear]:
        """An ear for one organisation's news, awake at first."""
        ear = Ear()
        ear.wake()
        self._ears[organisation].add(ear)
        try:
            yield ear
        finally:
            self._ears[organisation].discard(ear)
            if not self._ears[organisation]:
                del self._ears[organisation]

    async def listen(self) -> NoReturn:
        """Listen until cancelled. After a lost connection everybody looks once, for pings may have been missed."""
        while True:
            try:
                async with self._database.listening() as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    await connection.execute(f"listen {LIVE}")
                    self._wake_all()
                    await self._pass_on(connection)
            except psycopg.OperationalError as error:
                log.warning("live news: the database does not answer (%s)", error)
            await asyncio.sleep(1)

    async def _pass_on(self, connection: Connection) -> NoReturn:
        while True:
            async for ping in connection.notifies(timeout=10):
                self._tell(ping.channel, ping.payload)
            await connection.execute("select 1")

    def _tell(self, channel: str, payload: str) -> None:
        job: UUID | None = None
        if channel == LIVE:
            address = json.loads(payload)
            organisation, job = UUID(address["organisation"]), UUID(address["job"])
        else:
            organisation = UUID(payload)
        for ear in self._ears.get(organisation, ()):
            ear.wake(job)

    def _wake_all(self) -> None:
        for ears in self._ears.values():
            for ear in ears:
                ear.wake()
