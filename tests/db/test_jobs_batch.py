"""Many jobs begun and ended together: each under its own client and epoch, and nobody waits for another's lock."""

import asyncio
from uuid import UUID

from greenroom.infra.jobs import JobRun, Registry
from greenroom.infra.jobs.batch import Batches, Finish, Start
from greenroom.infra.jobs.slots import Slots
from tests.support.house import Tenant
from tests.support.jobs import enqueued, reached, seen, working

KIND = "toy.many"


async def start_of(tenant: Tenant, job: UUID, *, most: int = 5) -> Start:
    async with tenant.context() as ctx:
        doorbell = await ctx.db.value("select doorbell from job where id = %(id)s", {"id": job})
    return Start(tenant.organisation, tenant.client, job, doorbell, "io", most)


def finish_of(start: Start, epoch: int) -> Finish:
    return Finish(start.organisation, start.client, start.job, epoch, {"by": str(start.job)})


async def test_jobs_of_two_organisations_begin_and_end_together(tenant: Tenant, other_tenant: Tenant) -> None:
    batches = Batches(tenant.house)
    owners = [tenant, other_tenant, tenant, other_tenant]
    starts = [await start_of(one, await enqueued(one, KIND)) for one in owners]
    begun = await asyncio.gather(*(batches.begin(start) for start in starts))
    assert [row and row["id"] for row in begun] == [start.job for start in starts]
    ended = await asyncio.gather(
        *(batches.finish(finish_of(start, row["epoch"])) for start, row in zip(starts, begun, strict=True) if row)
    )
    assert all(ended)
    for owner, start in zip(owners, starts, strict=True):
        assert (await seen(owner, start.job)).state == "done"
        async with owner.context() as ctx:
            said = await ctx.db.all(
                "select data->>'state' as state, actor, client_id from event where subject_id = %(id)s order by id",
                {"id": start.job},
            )
            assert await ctx.db.value("select result from job where id = %(id)s", {"id": start.job}) == {
                "by": str(start.job)
            }
        assert [row["state"] for row in said] == ["queued", "running", "done"]
        assert {row["actor"] for row in said[1:]} == {f"job:{start.job}"}
        assert {row["client_id"] for row in said} == {owner.client}


async def test_a_doorbell_with_anothers_address_begins_nothing(tenant: Tenant, other_tenant: Tenant) -> None:
    theirs = await start_of(other_tenant, await enqueued(other_tenant, KIND))
    mixed = Start(tenant.organisation, tenant.client, theirs.job, theirs.doorbell, "io", 5)
    mine = await start_of(tenant, await enqueued(tenant, KIND))
    batches = Batches(tenant.house)
    assert [row and row["id"] for row in await asyncio.gather(batches.begin(mixed), batches.begin(mine))] == [
        None,
        mine.job,
    ]
    assert (await seen(other_tenant, theirs.job)).state == "queued"


async def test_a_stale_epoch_an_old_doorbell_and_no_start_left_are_left_out(tenant: Tenant) -> None:
    batches = Batches(tenant.house)
    stale, old, spent, good = [await start_of(tenant, await enqueued(tenant, KIND)) for _ in range(4)]
    for start in (stale, good):
        assert await batches.begin(start) is not None
    async with tenant.context() as ctx:
        await ctx.db.execute("update job set epoch = epoch + 1 where id = %(id)s", {"id": stale.job})
        await ctx.db.execute("update job set doorbell = doorbell + 1000 where id = %(id)s", {"id": old.job})
        await ctx.db.execute("update job set starts = 5 where id = %(id)s", {"id": spent.job})
    left_out = await asyncio.gather(batches.begin(old), batches.begin(spent))
    assert list(left_out) == [None, None]
    ended = await asyncio.gather(batches.finish(finish_of(stale, 1)), batches.finish(finish_of(good, 1)))
    assert [row and row["id"] for row in ended] == [None, good.job]
    assert (await seen(tenant, stale.job)).state == "running"


async def test_a_job_that_is_held_does_not_keep_the_others(tenant: Tenant) -> None:
    held, free = [await start_of(tenant, await enqueued(tenant, KIND)) for _ in range(2)]
    batches = Batches(tenant.house)
    async with tenant.context() as ctx, asyncio.timeout(30):
        await ctx.db.execute("select from job where id = %(id)s for key share", {"id": held.job})
        begun = await asyncio.gather(batches.begin(held), batches.begin(free))
        assert [row and row["id"] for row in begun] == [None, free.job]
    assert await batches.begin(held) is not None


async def test_a_result_that_cannot_be_kept_fails_its_own_job_only(tenant: Tenant) -> None:
    async def answer(run: JobRun) -> dict[str, object]:
        return {"said": "a\0b" if run.job.payload.get("bad") else "fine"}

    registry = Registry()
    registry.add(KIND, answer, max_starts=1)
    good = [await enqueued(tenant, KIND) for _ in range(20)]
    bad = await enqueued(tenant, KIND, {"bad": True})
    async with working(tenant.house, registry):
        for job in good:
            await reached(tenant, job, "done")
        assert (await seen(tenant, bad)).state != "done"


async def test_no_more_handlers_at_once_than_slots_and_long_ones_hand_back_what_waits() -> None:
    slots = Slots(2)
    assert await slots.free(within=0) == 2
    for _ in range(30):
        async with slots.place() as mine:
            assert mine
    assert await slots.free(within=0) > 2
    async with slots.place(), slots.place():
        async with slots.place() as third:
            assert not third
        assert await slots.free(within=0) == 2
