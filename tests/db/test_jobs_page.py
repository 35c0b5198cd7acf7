"""The page of jobs: lists by filter, failures by cause and their retry, workers and queues, the end of old jobs."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from greenroom.infra import events, jobs
from greenroom.infra.context import Context, House
from greenroom.infra.events import Event
from greenroom.infra.jobs import JobRun, Registry, retry_many
from greenroom.infra.jobs.board import Board, line_name, make_kinds_known, read_board, workers_of
from greenroom.infra.jobs.read import list_causes
from greenroom.infra.jobs.retry_many import retry_cause
from greenroom.infra.jobs.tidy import tidy
from greenroom.kit.errors import Conflict, NotFound
from tests.support.house import Tenant
from tests.support.jobs import enqueued, reached, working
from tests.support.wait import until


async def fail(tenant: Tenant, kind: str, error: str, *, ago: timedelta = timedelta(0)) -> UUID:
    """A job that has failed with these words."""
    id = await enqueued(tenant, kind)
    async with tenant.context() as ctx:
        await ctx.db.execute(
            "update job set state = 'failed', error = %(error)s, ended_at = now() - %(ago)s where id = %(id)s",
            {"id": id, "error": error, "ago": ago},
        )
    return id


async def states(tenant: Tenant) -> dict[UUID, str]:
    async with tenant.context() as ctx:
        return {job.id: job.state for job in await jobs.list_jobs(ctx, limit=200)}


async def test_a_list_is_narrowed_by_kind_and_cause(tenant: Tenant) -> None:
    other = await enqueued(tenant, "toy.other")
    failed = await fail(tenant, "toy.once", "No voice called Mara")
    await fail(tenant, "toy.once", "The disk is full")
    async with tenant.context() as ctx:
        assert [job.id for job in await jobs.list_jobs(ctx, kind="toy.other")] == [other]
        cause = next(one.cause for one in await jobs.list_jobs(ctx) if one.id == failed)
        assert [job.id for job in await jobs.list_jobs(ctx, cause=cause)] == [failed]
        waiting = (await jobs.list_jobs(ctx, kind="toy.other"))[0]
        assert (waiting.cause, waiting.max_starts, waiting.cancel_requested) == (None, 5, False)


async def test_failures_that_differ_in_numbers_and_ids_have_one_cause(tenant: Tenant) -> None:
    first = await fail(tenant, "toy.once", f"File {uuid4()} has 17 frames", ago=timedelta(hours=2))
    await fail(tenant, "toy.once", last := f"File {uuid4()} has 400 frames", ago=timedelta(hours=1))
    await fail(tenant, "toy.other", f"File {uuid4()} has 17 frames", ago=timedelta(hours=3))
    await fail(tenant, "toy.once", "File is gone", ago=timedelta(hours=4))
    async with tenant.context() as ctx:
        causes = await list_causes(ctx)
        assert [(one.kind, one.jobs) for one in causes] == [("toy.once", 2), ("toy.other", 1), ("toy.once", 1)]
        assert causes[0].error == last
        assert causes[0].last_at - causes[0].first_at > timedelta(minutes=50)
        page = await list_causes(ctx, limit=1)
        rest = await list_causes(ctx, before=(page[0].last_at, page[0].cause))
        assert page + rest == causes
        assert first in [job.id for job in await jobs.list_jobs(ctx, cause=causes[0].cause)]


async def test_all_of_one_cause_are_tried_again_and_no_others(tenant: Tenant, house: House) -> None:
    alike = [await fail(tenant, "toy.once", f"Line {n} broke") for n in range(3)]
    other = await fail(tenant, "toy.once", "The disk is full")
    async with tenant.context() as ctx:
        cause = next(one.cause for one in await list_causes(ctx) if one.jobs == 3)
        assert (await retry_cause(ctx, cause)).model_dump() == {"retried": 3, "left": 0, "refused": None}
    assert await states(tenant) == {**dict.fromkeys(alike, "queued"), other: "failed"}
    done = Registry()
    done.add("toy.once", _nothing)
    async with working(house, done):
        for id in alike:
            assert (await reached(tenant, id, "done")).starts == 1
    with pytest.raises(NotFound):
        async with tenant.context() as ctx:
            await retry_cause(ctx, cause)


async def test_one_that_refuses_does_not_keep_the_others_back(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Listeners of rooms take part in a retry's transaction and may say no."""
    alike = [await fail(tenant, "toy.once", f"Line {n} broke") for n in range(3)]

    async def refuse(ctx: Context, event: Event) -> None:
        await ctx.db.execute("select 1")
        if event.about == alike[1]:
            raise Conflict("Its content was deleted")

    monkeypatch.setitem(events._listeners, "job.changed", [refuse])
    async with tenant.context() as ctx:
        cause = (await list_causes(ctx))[0].cause
        told = await retry_cause(ctx, cause)
    assert (told.retried, told.left, told.refused) == (2, 1, "Its content was deleted")
    assert await states(tenant) == {alike[0]: "queued", alike[1]: "failed", alike[2]: "queued"}


async def test_a_call_starts_no_more_than_it_may_and_says_what_is_left(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry_many, "MOST", 2)
    for n in range(3):
        await fail(tenant, "toy.once", f"Line {n} broke")
    async with tenant.context() as ctx:
        cause = (await list_causes(ctx))[0].cause
        assert (await retry_cause(ctx, cause)).model_dump() == {"retried": 2, "left": 1, "refused": None}


async def test_another_organisations_failures_are_none(tenant: Tenant, other_tenant: Tenant) -> None:
    id = await fail(tenant, "toy.once", "Line 1 broke")
    async with tenant.context() as ctx:
        cause = (await list_causes(ctx))[0].cause
    async with other_tenant.context() as ctx:
        assert await list_causes(ctx) == []
        assert await jobs.list_jobs(ctx, cause=cause) == []
        board = await read_board(ctx)
        assert (board.queued, board.running, board.failed) == (0, 0, 0)
        with pytest.raises(NotFound):
            await retry_cause(ctx, cause)
    assert await states(tenant) == {id: "failed"}


async def test_the_board_says_what_waits_and_who_works(tenant: Tenant, house: House) -> None:
    begun = asyncio.Event()

    async def hold(run: JobRun) -> None:
        begun.set()
        while True:
            run.check()
            await asyncio.sleep(0.05)

    registry = Registry()
    registry.add("toy.hold", hold, queue="cpu")
    await make_kinds_known(house, registry)
    await make_kinds_known(house, registry)
    running = await enqueued(tenant, "toy.hold")
    async with tenant.context() as ctx:
        before = await read_board(ctx)
    assert (before.queued, before.workers) == (1, [])
    queue = next(one for one in before.queues if one.name == "cpu")
    assert (queue.waiting, queue.running, queue.workers) == (1, 0, 0)
    assert queue.oldest_at is not None
    assert {kind.name: kind.queue for kind in before.kinds} == {"toy.hold": "cpu"}
    async with working(house, registry):
        await asyncio.wait_for(begun.wait(), 30)
        await enqueued(tenant, "toy.hold")

        async def board() -> Board | None:
            async with tenant.context() as ctx:
                found = await read_board(ctx)
            return found if [one.queues for one in found.workers] == [["cpu", "io"]] else None

        during = await until(board)
        assert during is not None
        async with tenant.context() as ctx:
            await jobs.cancel(ctx, running)
    assert (during.queued, during.running) == (1, 1)
    assert [(one.queues, one.silent) for one in during.workers] == [(["cpu", "io"], False)]
    assert {one.name: (one.waiting, one.running, one.workers) for one in during.queues} == {
        "io": (0, 0, 1),
        "cpu": (1, 1, 1),
    }


def test_a_worker_is_silent_when_one_of_its_connections_is() -> None:
    now = datetime.now(UTC)

    def line(queue: str, worker: str, *, ago: float) -> dict[str, object]:
        since = now - timedelta(hours=1)
        name = line_name("cpu" if queue == "cpu" else "io", worker)
        return {"name": name, "since": since, "seen_at": now - timedelta(seconds=ago), "now": now}

    lines = [line("io", "7-ab", ago=1), line("cpu", "7-ab", ago=30), line("io", "8-cd", ago=2)]
    found = workers_of(lines, timedelta(seconds=20))
    assert [(one.name, one.queues, one.silent) for one in found] == [
        ("7-ab", ["cpu", "io"], True),
        ("8-cd", ["io"], False),
    ]
    assert workers_of([{**lines[0], "name": "psql"}], timedelta(seconds=20)) == []


async def test_finished_jobs_go_after_two_weeks_and_failed_ones_after_three_months(
    tenant: Tenant, other_tenant: Tenant, house: House
) -> None:
    day = timedelta(days=1)
    kept: dict[Tenant, set[UUID]] = {tenant: set(), other_tenant: set()}
    for one in kept:
        for state, age, stays in (
            ("done", 13 * day, True), ("done", 15 * day, False), ("cancelled", 15 * day, False),
            ("failed", 89 * day, True), ("failed", 91 * day, False), ("queued", 400 * day, True),
        ):  # fmt: skip
            id = await enqueued(one, "toy.once")
            async with one.context() as ctx:
                await ctx.db.execute(
                    """update job set state = %(state)s, created_at = now() - %(age)s,
                              ended_at = case when %(state)s <> 'queued' then now() - %(age)s end where id = %(id)s""",
                    {"id": id, "state": state, "age": age},
                )
            if stays:
                kept[one].add(id)
    await tidy(house)
    await tidy(house)
    for one, ids in kept.items():
        assert set(await states(one)) == ids


async def _nothing(run: JobRun) -> None: ...
