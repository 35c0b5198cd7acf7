"""Every named moment of a publication, with a worker killed there and one frozen there past its lease: one post each.

A frozen worker comes back after another one has brought its post out: it must neither send it again nor write.
"""

import signal
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from greenroom.channels import facade as channels
from greenroom.channels.contracts import Post
from greenroom.channels.points import POINTS, Point
from greenroom.infra.context import House
from greenroom_dev.faulty.client import serving
from greenroom_dev.faulty.faults import NO_FAULTS
from greenroom_dev.faulty.ledger import out
from greenroom_dev.faulty.nursery import Nursery
from tests.support.faulty import at_faulty, ends, judged, know
from tests.support.figures import Figures
from tests.support.publish import Desk
from tests.support.wait import until

END = {"kill": "gone", "stop": "stopped"}


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[int]:
    with serving(tmp_path / "platform", seed=4, faults=NO_FAULTS) as port:
        yield port


@pytest.fixture
def nursery(house: House, platform: int) -> Iterator[Nursery]:
    made = Nursery("greenroom_dev.faulty.worker", house.database.url, str(house.settings.home), str(platform))
    yield made
    made.end()


async def on_its_way(desk: Desk, point: Point) -> Post:
    """A post that the next worker comes upon; it is claimed already, unless that is the moment."""
    if point != "claimed":
        return await desk.planned(f"Harmed when {point}")
    content = await desk.approved(f"Harmed when {point}")
    async with desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=desk.page.id)
        now = await channels.database_now(ctx)
        await channels.schedule(ctx, post.id, wall=None, zone=None, due=now, note=None)
        return post


@pytest.mark.timeout(240)
@pytest.mark.parametrize("harm", ["kill", "stop"])
async def test_harmed_at_every_moment_each_post_is_out_once(
    desk: Desk, nursery: Nursery, platform: int, harm: str, tmp_path: Path, figures: Figures
) -> None:
    know(platform)
    there, posts = await at_faulty(desk, "certain"), []
    for point in POINTS:
        posts.append(await on_its_way(there, point))
        nursery.start(point, f"{harm}:{point}")
        # Each may first take over what an earlier one left; it is harmed when it comes to its own moment.
        await anyio.to_thread.run_sync(nursery.await_state, point, END[harm])

    nursery.start("last")

    async def all_out() -> bool:
        return all([(await there.post(post.id)).state == "published" for post in posts])

    await until(all_out, within=90)
    before = [await there.post(post.id) for post in posts]
    if harm == "stop":
        for point in POINTS:
            assert nursery.signal(point, signal.SIGCONT)
        await anyio.sleep(3)
        assert [nursery.state(point) for point in POINTS] == ["alive"] * len(POINTS)
        assert [await there.post(post.id) for post in posts] == before

    verdict = judged(await ends(desk.tenant), out(tmp_path / "platform"))
    name = {"kill": "kill -9", "stop": "SIGSTOP past the lease, then SIGCONT"}[harm]
    figures(f"fault points under {name}", f"{', '.join(POINTS)}: {verdict}")
    assert (verdict.clean, verdict.posts, verdict.asked) == (True, len(POINTS), 0)
