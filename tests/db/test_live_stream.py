"""The parts of the live stream without HTTP: waking, slow readers, silence, stopping, a listener that was cut off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager, suppress
from uuid import UUID, uuid4

import pytest

from greenroom.infra import events, jobs
from greenroom.infra.context import Context, House
from greenroom.infra.feed import Cursor
from greenroom.infra.http import live as live_module
from greenroom.infra.http import stream as stream_module
from greenroom.infra.http.live import Ear, Live
from greenroom.infra.http.stream import stream
from tests.support.house import Tenant


@asynccontextmanager
async def hearing(house: House, organisation: UUID) -> AsyncIterator[Ear]:
    """An ear over a process that listens; awake no more."""
    live = Live(house.database)
    listening = asyncio.create_task(live.listen())
    try:
        with live.hear(organisation) as ear:
            assert await ear.wait(0)
            ear.take()
            assert await ear.wait(30), "it wakes everybody once it listens"
            ear.take()
            yield ear
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


async def listeners(house: House) -> list[int]:
    async with house.database.transaction() as tx:
        rows = await tx.all(
            """select pid from pg_stat_activity
               where query ilike '%%listen%%' and datname = current_database() and pid <> pg_backend_pid()"""
        )
    return [row["pid"] for row in rows]


async def happen(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await events.emit(ctx, "toy.happened")


async def test_only_the_organisation_that_it_concerns_is_woken(
    house: House, tenant: Tenant, other_tenant: Tenant
) -> None:
    async with hearing(house, tenant.organisation) as ear:
        await happen(other_tenant)
        assert not await ear.wait(0.3)
        await happen(tenant)
        assert await ear.wait(30)


async def test_a_listener_that_was_cut_off_comes_back_and_wakes_everybody(house: House, tenant: Tenant) -> None:
    async with hearing(house, tenant.organisation) as ear:
        (pid,) = await listeners(house)
        async with house.database.transaction() as tx:
            await tx.execute("select pg_terminate_backend(%(pid)s)", {"pid": pid})
        await happen(tenant)  # while nobody listens
        assert await ear.wait(30)
        ear.take()
        await happen(tenant)
        assert await ear.wait(30)


def test_a_page_that_does_not_read_has_a_bounded_heap_of_progress() -> None:
    ear = Ear()
    for _ in range(live_module._MOST_JOBS * 3):
        ear.wake(uuid4())
    assert len(ear.take()) == live_module._MOST_JOBS
    assert ear.take() == []


async def test_a_page_far_behind_reads_on_page_by_page(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        first = await events.emit(ctx, "toy.happened", data={"number": 0})
        for number in range(1, 450):
            await events.emit(ctx, "toy.happened", data={"number": number})
        xid = await ctx.db.value("select xid::text from event limit 1")
    place = Cursor(int(xid), UUID(int=0))
    pieces = await read(tenant, place, until_saw=b'"number":449}')
    assert pieces.count(b"event: toy.happened") == 450
    assert f"id: {xid}-{first.id}\n".encode() in pieces


async def test_silence_is_broken_and_a_stop_is_heard(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_module, "HEARTBEAT", 0.5)
    assert (await read(tenant, None, until_saw=b": still here")).startswith(b"retry: 2000\n\nid: ")
    stopping = False

    async def view() -> AbstractAsyncContextManager[Context]:
        return tenant.context()

    async with asyncio.timeout(30), aclosing(stream(view, Ear(), None, lambda: stopping)) as pieces:
        async for _ in pieces:
            stopping = True


async def test_progress_of_ended_or_foreign_jobs_is_not_told(tenant: Tenant, other_tenant: Tenant) -> None:
    async with other_tenant.context() as ctx:
        foreign = await jobs.enqueue(ctx, "toy.once", {}, title="Not yours")
        await ctx.db.execute("update job set state = 'running'")
    async with tenant.context() as ctx:
        ended = await jobs.enqueue(ctx, "toy.once", {}, title="Over")
        await jobs.cancel(ctx, ended)
        running = await jobs.enqueue(ctx, "toy.once", {}, title="Mine")
        await ctx.db.execute("update job set state = 'running' where id = %(id)s", {"id": running})
    ear = Ear()
    for id in (foreign, ended, running):
        ear.wake(id)
    said = await read(tenant, None, until_saw=b"job.progress", ear=ear)
    assert said.count(b"event: job.progress") == 1
    assert str(running).encode() in said
    assert b"Not yours" not in said


async def read(tenant: Tenant, place: Cursor | None, *, until_saw: bytes, ear: Ear | None = None) -> bytes:
    """What the stream sends until it has sent this."""

    async def view() -> AbstractAsyncContextManager[Context]:
        return tenant.context()

    sent = b""
    async with asyncio.timeout(60), aclosing(stream(view, ear or Ear(), place, lambda: False)) as pieces:
        async for piece in pieces:
            sent += piece
            if until_saw in sent:
                break
    return sent
