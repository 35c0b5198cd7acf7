"""Tries that got no answer say nothing, however late they are: they are made again, and a person is asked last."""

from datetime import timedelta
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from greenroom.channels import facade as channels
from greenroom.channels import looking, publish
from greenroom.channels.contracts import Post, Resolution
from tests.support.platform import Fault, Platform, at_platform
from tests.support.publish import Desk

SILENT, FAILED = "looks_silent", "rest_failed"


async def _long_ago(desk: Desk, post: Post, **counts: int) -> None:
    """As if nothing had run since shortly after its call, 20 minutes ago, but so many tries."""
    async with desk.tenant.context() as ctx:
        await ctx.db.execute(
            """update publish_attempt set armed_at = armed_at - %(ago)s, started_at = started_at - %(ago)s,
                      remote = remote || %(counts)s
               where post_id = %(post)s""",
            {
                "ago": timedelta(minutes=20), "post": post.id,
                "counts": Jsonb({name: str(count) for name, count in counts.items()}),
            },
        )  # fmt: skip


async def _lost(desk: Desk, platform: Platform, fault: Fault) -> tuple[Desk, Post]:
    platform.faults = [fault]
    there = await at_platform(desk, platform)
    post = await there.planned()
    assert await there.run(post.id) is not None
    return there, post


async def test_one_failed_look_after_a_long_silence_asks_nobody(desk: Desk) -> None:
    platform = Platform()
    there, post = await _lost(desk, platform, "lost after")
    await _long_ago(there, post)
    platform.blind = True
    assert await there.run(post.id) is not None
    waits = await there.post(post.id)
    assert (waits.state, waits.attempts[-1].outcome) == ("unknown", None)
    assert "Greenroom goes on looking" in (waits.state_reason or "")
    platform.blind = False
    assert await there.run(post.id) is None
    found = await there.post(post.id)
    assert (found.state, platform.commits) == ("published", 1)


async def test_looks_without_an_answer_come_further_apart_and_end_with_a_person(desk: Desk) -> None:
    platform = Platform()
    there, post = await _lost(desk, platform, "lost after")
    platform.blind = True
    await _long_ago(there, post)
    waits = [await there.run(post.id) for _ in range(3)]
    assert waits == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=90)]
    await _long_ago(there, post, **{SILENT: looking.MOST - 1})
    assert await there.run(post.id) is None
    assert "Look on Faulty account" in ((await there.post(post.id)).state_reason or "")


async def test_a_person_may_say_so_while_it_is_looked_for(desk: Desk) -> None:
    platform = Platform()
    there, post = await _lost(desk, platform, "lost after")
    platform.blind = True
    await _long_ago(there, post)
    assert await there.run(post.id) is not None
    async with there.tenant.context() as ctx:
        await channels.resolve(ctx, post.id, Resolution(published=True, permalink="https://faulty.example/1"))
    assert await there.run(post.id) is None
    assert (await there.post(post.id)).state == "published"


async def test_one_answer_after_a_silence_asks_nobody_where_it_proves_no_absence(desk: Desk) -> None:
    """The platform comes back, and what it had accepted is on its list a moment later."""
    platform = Platform(probe="found")
    there, post = await _lost(desk, platform, "late")
    await _long_ago(there, post)
    for _ in range(looking.ENOUGH - 1):
        assert await there.run(post.id) is not None
    platform.appear()
    assert await there.run(post.id) is None
    assert ((await there.post(post.id)).state, platform.commits) == ("published", 1)


@pytest.mark.parametrize("fault", ["slow down", "lost before", "half"])
async def test_what_keeps_the_rest_of_a_thread_for_a_while_asks_nobody(desk: Desk, fault: Fault) -> None:
    platform = Platform()
    there, post = await _lost(desk, platform, "half")
    await _long_ago(there, post)
    platform.faults = [fault]
    assert await there.run(post.id) == timedelta(seconds=30)
    waits = await there.post(post.id)
    assert (waits.state, len(platform.half), platform.out) == ("unknown", 1, [])
    assert (waits.state_reason or "").startswith("A part of it is out, and the rest is not yet: ")
    async with there.tenant.context() as ctx:
        await ctx.db.execute("update rate_bucket set closed_until = null")
    assert await there.run(post.id) is None
    assert ((await there.post(post.id)).state, platform.half, len(platform.out)) == ("published", [], 1)


@pytest.mark.parametrize("fault", ["slow down", "lost before", "half"])
async def test_a_thread_whose_rest_was_tried_for_a_day_is_a_persons(desk: Desk, fault: Fault) -> None:
    platform = Platform()
    there, post = await _lost(desk, platform, "half")
    await _long_ago(there, post, **{FAILED: looking.MOST - 1})
    platform.faults = [fault]
    assert await there.run(post.id) is None
    asked = await there.post(post.id)
    assert (asked.state, asked.attempts[-1].outcome) == ("unknown", None)
    assert "Complete or delete it on Faulty account" in (asked.state_reason or "")


def counted(*, answered: bool, times: int, since: timedelta) -> list[timedelta | None]:
    """The waits after so many looks alike."""
    counts: dict[str, Any] = {}
    waits = []
    for _ in range(times):
        counts, wait = looking.after_look(counts, since, publish.PATIENCE, answered=answered)
        waits.append(wait)
    return waits


def test_looking_lasts_its_patience_and_about_a_day_without_answers() -> None:
    early = counted(answered=True, times=50, since=timedelta(minutes=14))
    assert set(early) == {timedelta(seconds=30)}
    assert counted(answered=True, times=3, since=timedelta(hours=8))[1:] == [timedelta(seconds=30), None]
    silent = counted(answered=False, times=looking.MOST, since=timedelta(hours=8))
    assert silent[-1] is None
    waits = [wait for wait in silent if wait is not None]
    assert waits == sorted(waits)
    assert timedelta(hours=22) < sum(waits, timedelta(0)) < timedelta(hours=24)
