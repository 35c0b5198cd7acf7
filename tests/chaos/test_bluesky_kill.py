"""Workers killed with -9 at every named moment while they publish on a real Bluesky server: each post is there once."""

import signal

import pytest

from greenroom.channels.points import POINTS
from tests.chaos.test_publish_kill import due, publisher
from tests.support.bluesky import Linked
from tests.support.wait import until


@pytest.mark.timeout(300)
async def test_killed_at_every_moment_each_post_is_there_once(linked: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_FETCH_ALLOW", linked.pds.allow)
    desk, posts = linked.desk, []
    for point in POINTS:
        posts.append(await due(desk, f"Killed when {point}"))
        worker = publisher(desk.tenant.house, point)
        # Each may first take over what an earlier one left; it dies when it comes to its own moment.
        assert worker.wait(30) == -signal.SIGKILL, point
        assert worker.stdout is not None
        worker.stdout.close()

    last = publisher(desk.tenant.house, "-")
    try:

        async def all_out() -> bool:
            return all([(await desk.post(post.id)).state == "published" for post in posts])

        await until(all_out, within=60)
    finally:
        last.terminate()
        last.communicate(timeout=20)

    markers = [record["value"]["greenroomPost"] for record in linked.posts()]
    assert sorted(markers) == sorted(f"greenroom-post-{post.id}" for post in posts)
