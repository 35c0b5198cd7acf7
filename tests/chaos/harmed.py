"""Posts whose workers are killed, or frozen past their lease, at every named moment of a publication.

It is the same on every platform: a post each, a worker each that comes to harm at its own moment, another one that
brings out what they left, and, where they were frozen, all of them back at once, who must neither send nor write.
"""

import signal
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import anyio

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post
from greenroom.channels.points import POINTS, Point
from greenroom.infra.context import House
from greenroom_dev.faulty.nursery import Nursery
from tests.support.figures import Figures
from tests.support.publish import Desk
from tests.support.verdict import ASKS
from tests.support.wait import until

Harm = Literal["kill", "stop"]
HARMS: tuple[Harm, ...] = ("kill", "stop")
Texts = Callable[[], Awaitable[Sequence[str]]]

PATIENCE = "6"
"""Seconds that an outcome is looked into where a look proves no absence."""
_END = {"kill": "gone", "stop": "stopped"}
_NAME = {"kill": "kill -9", "stop": "SIGSTOP past the lease, then SIGCONT"}


def nursery_for(house: House, port: int = 0) -> Nursery:
    """Workers on this house's database; `port` is the faulty platform's, where there is one. Call `end` at last."""
    return Nursery("greenroom_dev.faulty.worker", house.database.url, str(house.settings.home), str(port), PATIENCE)


@dataclass(frozen=True)
class Ended:
    """The posts by their moment, and of which a person is asked: the platform could not tell."""

    posts: dict[Point, Post]
    asked: set[Point]


async def harmed(desk: Desk, harm: Harm, texts: Texts, figures: Figures, *, place: str, port: int = 0) -> Ended:
    """Harm a worker at every moment. Each post is out once in the end, but one that a person is asked of may be not.
    `texts` is what really stands there, a text for each post, read without us."""
    nursery = nursery_for(desk.tenant.house, port)
    try:
        posts = {point: await _harmed_at(point, harm, desk, nursery) for point in POINTS}
        nursery.start("last")

        async def settled() -> dict[Point, Post] | None:
            now = {point: await desk.post(post.id) for point, post in posts.items()}
            return now if all(post.state == "published" or _asks(post) for post in now.values()) else None

        ended = await until(settled, within=240)
        if harm == "stop":
            await _come_back(nursery)
            assert await settled() == ended
    finally:
        nursery.end()

    there = await texts()
    asked = {point for point, post in ended.items() if post.state != "published"}
    times = {point: sum(_words(point) in text for text in there) for point in POINTS}
    doubles = sum(max(0, count - 1) for count in times.values())
    lost = sum(times[point] == 0 for point in POINTS if point not in asked)
    figures(
        f"fault points on {place} under {_NAME[harm]}",
        f"{', '.join(POINTS)}: {doubles} doubles, {lost} lost of {len(posts)} posts, {len(asked)} asked of a person",
    )
    assert times == {point: int(point not in asked) for point in POINTS}
    assert len(there) == len(POINTS) - len(asked)
    # Nothing but what was armed, and got no answer, may be out without our knowing it.
    assert {(ended[point].attempts[-1].phase, ended[point].attempts[-1].outcome) for point in asked} <= {
        ("commit", None)
    }
    await _assert_told_once(desk, [post for post in ended.values() if post.state == "published"])
    return Ended(ended, asked)


async def _harmed_at(point: Point, harm: Harm, desk: Desk, nursery: Nursery) -> Post:
    post = await _on_its_way(desk, point)
    nursery.start(point, f"{harm}:{point}")
    # Each may first take over what an earlier one left; it is harmed when it comes to its own moment.
    await anyio.to_thread.run_sync(nursery.await_state, point, _END[harm])
    return post


async def _on_its_way(desk: Desk, point: Point) -> Post:
    """A post that the next worker comes upon; it is claimed already, unless that is the moment."""
    content = await desk.approved(f"Harmed when {point}", caption=_words(point))
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id, again=True)
        if point == "claimed":
            now = await channels.database_now(ctx)
            await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        else:
            await channels.claim(ctx, post.id)
        return post


async def _come_back(nursery: Nursery) -> None:
    """Everybody who was frozen goes on, and has time to do what they were about to."""
    for point in POINTS:
        assert nursery.signal(point, signal.SIGCONT)
    await anyio.sleep(3)
    assert [nursery.state(point) for point in POINTS] == ["alive"] * len(POINTS)


async def _assert_told_once(desk: Desk, posts: Iterable[Post]) -> None:
    async with desk.tenant.context() as ctx:
        told = await ctx.db.all(
            "select subject_id, count(*) as times from event where kind = 'channels.post.published' group by 1"
        )
    assert {row["subject_id"]: row["times"] for row in told} == {post.id: 1 for post in posts}
    for post in posts:
        outcomes = [attempt.outcome for attempt in post.attempts]
        assert outcomes.count("published") == 1
        assert set(outcomes) <= {"published", "absent"}


def _asks(post: Post) -> bool:
    return post.state == "unknown" and (post.state_reason or "").startswith(ASKS)


def _words(point: Point) -> str:
    return f"Its worker comes to harm when it is {point}."
