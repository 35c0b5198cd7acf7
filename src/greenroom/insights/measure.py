"""Numbers of posts on their platforms: looked at often while a post is young, then more and more seldom."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from greenroom.channels import facade as channels
from greenroom.infra import jobs
from greenroom.infra.context import Actor, House
from greenroom.infra.jobs import JobRun
from greenroom.infra.jobs.contexts import context_for
from greenroom.insights import metric_store as store

KIND = "insights.measure"
AGES = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168, 720))
_AT_ONCE = 200
_ACTOR = Actor("system", None, "insights")


async def tick(house: House) -> None:
    await look(house)


async def look(house: House) -> int:
    """Begin every look that is due, each as a job; gives how many. One that was slept through is not made up for."""
    async with house.database.transaction() as tx:
        found = await store.due(tx, AGES, _AT_ONCE)
    begun = 0
    for row in found:
        async with context_for(house, row["organisation_id"], row["client_id"], _ACTOR) as ctx:
            post = await channels.get_post(ctx, row["id"])
            if await store.begin(ctx, post.id, row["age"], post.account.platform):
                payload = {"post": str(post.id), "seconds": round(row["age"].total_seconds())}
                await jobs.enqueue(
                    ctx, KIND, payload, subject=("post", post.id), title=f"Numbers: {post.content.title}",
                    client=post.client_id,
                )  # fmt: skip
                begun += 1
    return begun


async def measure(run: JobRun) -> dict[str, Any] | None:
    """Ask the platform for the numbers of this job's post and keep them; what is not told is kept as not known."""
    post, age = UUID(run.job.payload["post"]), timedelta(seconds=run.job.payload["seconds"])
    numbers = await channels.measured(run, post) or {}
    async with run.context() as ctx:
        await store.write(ctx, post, age, numbers)
    return dict(numbers)
