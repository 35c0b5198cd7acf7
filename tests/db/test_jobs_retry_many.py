"""Many failed jobs tried again at once: what a refused one left to do after the commit is not done."""

from uuid import UUID, uuid4

from greenroom.infra import jobs
from greenroom.infra.context import Context
from greenroom.infra.jobs import rule
from greenroom.infra.jobs.read import list_causes
from greenroom.infra.jobs.retry_many import retry_cause
from greenroom.kit.errors import Conflict
from tests.support.house import Tenant


async def test_a_refused_one_leaves_nothing_to_be_done_after_the_commit(tenant: Tenant) -> None:
    refused: set[UUID] = set()
    rung: list[UUID] = []

    async def again(ctx: Context, job: UUID, subject: UUID) -> None:
        async def ring() -> None:
            rung.append(job)

        ctx.db.after_commit(ring)
        if job in refused:
            raise Conflict("Not this one")

    rule("test.refuses", again=again)
    async with tenant.context() as ctx:
        made = [
            await jobs.enqueue(ctx, "test.refuses", {}, title=f"Job {number}", subject=("thing", uuid4()))
            for number in range(3)
        ]
        await ctx.db.execute("update job set state = 'failed', error = 'The disk is full', ended_at = now()")
    refused.add(made[1])
    async with tenant.context() as ctx:
        told = await retry_cause(ctx, (await list_causes(ctx))[0].cause)
        assert (told.retried, told.left, told.refused) == (2, 1, "Not this one")
    assert rung == [made[0], made[2]]
