"""Workers killed with -9 at every named moment between due and published: each post is out once, none is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post
from greenroom.channels.points import POINTS
from greenroom.infra.context import House
from tests.support.publish import Desk
from tests.support.wait import until

ROOT = Path(__file__).parents[2]


def publisher(house: House, point: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.publisher", house.database.url, str(house.settings.home), point],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


async def due(desk: Desk, title: str) -> Post:
    """A post whose time has just come."""
    content = await desk.approved(title)
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        now = await channels.database_now(ctx)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        return post


async def test_killed_at_every_moment_between_due_and_published(desk: Desk, house: House) -> None:
    posts = []
    for point in POINTS:
        posts.append(await due(desk, f"Killed when {point}"))
        worker = publisher(house, point)
        # Each may first take over what an earlier one left; it dies when it comes to its own moment.
        assert worker.wait(30) == -signal.SIGKILL, point
        assert worker.stdout is not None
        worker.stdout.close()

    last = publisher(house, "-")
    try:

        async def all_out() -> bool:
            return all([(await desk.post(post.id)).state == "published" for post in posts])

        await until(all_out, within=60)
    finally:
        last.terminate()
        last.communicate(timeout=20)

    async with desk.tenant.context() as ctx:
        shown = await channels.entries(ctx, desk.page.id)
        told = await ctx.db.all(
            "select subject_id, count(*) as times from event where kind = 'channels.post.published' group by 1"
        )
    assert sorted(entry.post_id for entry in shown) == sorted(post.id for post in posts)
    assert {row["subject_id"]: row["times"] for row in told} == {post.id: 1 for post in posts}
    for post in posts:
        outcomes = [attempt.outcome for attempt in (await desk.post(post.id)).attempts]
        assert outcomes.count("published") == 1
        assert set(outcomes) <= {"published", "absent"}
