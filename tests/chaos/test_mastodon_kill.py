"""Workers killed with -9 at every named moment while they publish on Mastodon: each post is there once."""

import signal

import pytest

from greenroom.channels.points import POINTS
from tests.chaos.test_publish_kill import due, publisher
from tests.support.mastodon import Mock, link_there
from tests.support.publish import Desk
from tests.support.wait import until


@pytest.mark.timeout(300)
async def test_killed_at_every_moment_each_post_is_there_once(
    desk: Desk, mastodon_mock: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENROOM_FETCH_ALLOW", mastodon_mock.allow)
    linked = await link_there(desk, mastodon_mock)
    desk, posts = linked.desk, []
    for point in POINTS:
        posts.append(await due(desk, f"Killed when {point}"))
        worker = publisher(desk.tenant.house, point)
        # Each may first take over what an earlier one left; it dies when it comes to its own moment.
        assert worker.wait(60) == -signal.SIGKILL, point
        assert worker.stdout is not None
        worker.stdout.close()

    last = publisher(desk.tenant.house, "-")
    try:

        async def all_out() -> bool:
            return all([(await desk.post(post.id)).state == "published" for post in posts])

        await until(all_out, within=120)
    finally:
        last.terminate()
        last.communicate(timeout=20)

    shown = [status["media_attachments"][0]["id"] for status in linked.statuses()]
    assert len(shown) == len(set(shown)) == len(posts)
    links = {(await desk.post(post.id)).permalink for post in posts}
    assert links == {status["url"] for status in linked.statuses()}
