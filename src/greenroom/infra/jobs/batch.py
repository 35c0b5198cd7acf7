"""Starts and good ends of many jobs in one transaction, each under its own organisation and client.

Most of a short job's cost is its two transactions. One for all that begin or end at the same moment costs little more
than one for a single job. The listeners to `job.changed` run in it too: for a start and a good end they only look.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Row, Scope
from greenroom.infra.jobs import batch_store
from greenroom.infra.jobs.announce import announce_all
from greenroom.infra.jobs.registry import Queue
from greenroom.infra.jobs.together import Together

_WORKER = Actor("system", None, "jobs.worker")


@dataclass(frozen=True, slots=True)
class Start:
    """A job that a doorbell asks to begin."""

    organisation: UUID
    client: UUID
    job: UUID
    doorbell: int
    queue: Queue
    max_starts: int


@dataclass(frozen=True, slots=True)
class Finish:
    """A run that ended well."""

    organisation: UUID
    client: UUID
    job: UUID
    epoch: int
    result: dict[str, Any] | None


C = TypeVar("C", Start, Finish)


class Batches:
    """The starts and good ends of one line of one worker. None for a job says: write it alone, it may have moved on,
    or somebody holds it just now."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._starts = Together[Start, Row](self._begin)
        self._finishes = Together[Finish, Row](self._finish)

    async def begin(self, start: Start) -> Row | None:
        return await self._starts.ask(start)

    async def finish(self, finish: Finish) -> Row | None:
        return await self._finishes.ask(finish)

    async def _begin(self, starts: list[Start]) -> list[Row | None]:
        async def change(ctx: Context, some: Sequence[Start]) -> list[Row]:
            return await batch_store.begin_runs(
                ctx, [(one.job, one.doorbell, one.queue, one.max_starts) for one in some]
            )

        begun = {(row["id"], row["doorbell"]): row for row in await self._write(starts, change)}
        return [begun.get((one.job, one.doorbell)) for one in starts]

    async def _finish(self, finishes: list[Finish]) -> list[Row | None]:
        async def change(ctx: Context, some: Sequence[Finish]) -> list[Row]:
            return await batch_store.finish_runs(ctx, [(one.job, one.epoch, one.result) for one in some])

        ended = {row["id"]: row for row in await self._write(finishes, change)}
        return [ended.get(one.job) for one in finishes]

    async def _write(self, all: list[C], change: Callable[[Context, Sequence[C]], Awaitable[list[Row]]]) -> list[Row]:
        """Change them client by client and tell of it, in one transaction."""
        groups: defaultdict[tuple[UUID, UUID], list[C]] = defaultdict(list)
        for one in all:
            groups[one.organisation, one.client].append(one)
        scopes = [Scope(organisation, (client,), str(_WORKER)) for organisation, client in groups]
        changed: list[Row] = []
        async with self._house.database.transaction(scopes[0]) as tx:
            for number, (scope, some) in enumerate(zip(scopes, groups.values(), strict=True)):
                if number:
                    await tx.enter(scope)
                client = scope.clients[0]
                house = self._house
                ctx = Context(scope.organisation, scope.clients, client, _WORKER, tx, house.clock, house)
                rows = await change(ctx, some)
                await announce_all(ctx, rows)
                changed += rows
        return changed
