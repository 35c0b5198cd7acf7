"""Every named moment of a correction, with a worker killed there and one frozen there past its lease; and a platform
that loses answers, is late and lies: each post says the right words in the end, and no post is made by it."""

import signal
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import anyio
import pytest

from greenroom.channels.contracts import Post
from greenroom.channels.package import marker_of
from greenroom.channels.points import CORRECTING
from greenroom.infra.context import House
from greenroom_dev.faulty.client import ask as ask_platform
from greenroom_dev.faulty.client import serving
from greenroom_dev.faulty.faults import NO_FAULTS
from greenroom_dev.faulty.ledger import edits, out, texts
from greenroom_dev.faulty.nursery import Nursery
from tests.support.editing import ask
from tests.support.faulty import at_faulty, know
from tests.support.figures import Figures
from tests.support.publish import Desk
from tests.support.wait import until

END = {"kill": "gone", "stop": "stopped"}
RIGHT = "Yeast eats sugar and breathes out carbon dioxide"


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[int]:
    with serving(tmp_path / "platform", seed=11, faults=NO_FAULTS) as port:
        yield port


@pytest.fixture
def nursery(house: House, platform: int) -> Iterator[Nursery]:
    made = Nursery("greenroom_dev.faulty.worker", house.database.url, str(house.settings.home), str(platform))
    yield made
    made.end()


async def published(desk: Desk, names: list[str]) -> list[Post]:
    posts = []
    for name in names:
        post = await desk.planned(name)
        assert await desk.run(post.id) is None
        posts.append(await desk.post(post.id))
    assert {post.state for post in posts} == {"published"}
    return posts


async def all_corrected(desk: Desk, posts: list[Post]) -> bool:
    shown = [await desk.post(post.id) for post in posts]
    return all(one.corrections and one.corrections[-1].state == "corrected" for one in shown)


def assert_right(folder: Path, posts: list[Post], words: dict[str, str]) -> None:
    made, said = out(folder), texts(folder)
    assert {marker: times for marker, times in made.items() if times != 1} == {}
    for post in posts:
        assert said[marker_of(post.id)].startswith(words[post.content.title]), post.content.title


@pytest.mark.parametrize("harm", ["kill", "stop"])
async def test_harmed_at_every_moment_each_post_says_the_right_words_and_is_one(
    desk: Desk, nursery: Nursery, platform: int, harm: str, tmp_path: Path, figures: Figures
) -> None:
    know(platform)
    there = await at_faulty(desk, "certain")
    posts = await published(there, list(CORRECTING))
    words = {point: f"{RIGHT}, {point}" for point in CORRECTING}
    for post, point in zip(posts, CORRECTING, strict=True):
        await ask(there, post, words[point])
        nursery.start(point, f"{harm}:{point}")
        await anyio.to_thread.run_sync(nursery.await_state, point, END[harm])
    nursery.start("last")
    await until(lambda: all_corrected(there, posts), within=240)
    before = [await there.post(post.id) for post in posts]
    if harm == "stop":
        for point in CORRECTING:
            assert nursery.signal(point, signal.SIGCONT)
        await anyio.sleep(3)
        assert [nursery.state(point) for point in CORRECTING] == ["alive"] * len(CORRECTING)
        assert [await there.post(post.id) for post in posts] == before
    folder = tmp_path / "platform"
    assert_right(folder, posts, words)
    name = {"kill": "kill -9", "stop": "SIGSTOP past the lease, then SIGCONT"}[harm]
    figures(
        f"corrections under {name}",
        f"{', '.join(CORRECTING)}: {len(posts)} posts, 0 doubles, {edits(folder)} calls, the right words in all",
    )


async def test_a_platform_that_loses_answers_is_late_and_lies_says_the_last_words_asked_for(
    desk: Desk, nursery: Nursery, platform: int, tmp_path: Path, figures: Figures
) -> None:
    know(platform)
    there = await at_faulty(desk, "certain")
    posts = await published(there, [f"Bread {number}" for number in range(6)])
    harm = {"drop": 0.2, "error_after": 0.2, "reset_after": 0.2, "slow_after": 0.1, "slow": 2.0}
    await ask_platform(platform, "PUT", "/faults", {**harm, "queue": 0.3, "lag": 0.5})
    nursery.start("one")
    nursery.start("two")
    words = {}
    for turn in ("First", "Second"):
        words = {post.content.title: f"{turn}, {post.content.title}: {RIGHT}" for post in posts}
        for post in posts:
            await ask(there, post, words[post.content.title])
        await until(lambda: all_corrected(there, posts), within=240)
        # The second time nothing goes wrong but what is left of the first: a call that arrives after it.
        await ask_platform(platform, "PUT", "/faults", asdict(NO_FAULTS))
    await anyio.sleep(1)
    folder = tmp_path / "platform"
    assert_right(folder, posts, words)
    figures(
        "corrections at a platform that lies",
        f"{len(posts)} posts corrected twice with {edits(folder)} calls that had an effect: 0 doubles, 0 wrong words",
    )
