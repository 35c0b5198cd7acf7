"""Every named moment of a publication, on every platform, with a worker killed there and one frozen past its lease."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.channels import facade as channels
from greenroom.channels.points import Point
from greenroom_dev.faulty.client import serving
from greenroom_dev.faulty.faults import NO_FAULTS
from tests.chaos.harmed import HARMS, Harm, harmed
from tests.support.bluesky import Linked
from tests.support.faulty import at_faulty, know, said
from tests.support.figures import Figures
from tests.support.mastodon import Mock, Server, link_there
from tests.support.publish import Desk
from tests.support.snac import Snac

pytestmark = pytest.mark.parametrize("harm", HARMS)


async def test_on_our_own_page(desk: Desk, harm: Harm, figures: Figures) -> None:
    async def there() -> list[str]:
        async with desk.tenant.context() as ctx:
            return [entry.caption for entry in await channels.entries(ctx, desk.page.id)]

    assert not (await harmed(desk, harm, there, figures, place="our own page")).asked


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[int]:
    with serving(tmp_path / "platform", seed=4, faults=NO_FAULTS) as port:
        know(port)
        yield port


async def test_where_every_call_makes_another_post(
    desk: Desk, platform: int, harm: Harm, figures: Figures, tmp_path: Path
) -> None:
    async def there() -> list[str]:
        return said(tmp_path / "platform")

    assert not (
        await harmed(await at_faulty(desk, "certain"), harm, there, figures, place="the faulty platform", port=platform)
    ).asked


async def test_on_bluesky(linked: Linked, harm: Harm, figures: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_FETCH_ALLOW", linked.pds.allow)

    async def there() -> list[str]:
        return [record["value"]["text"] for record in linked.posts()]

    ended = await harmed(linked.desk, harm, there, figures, place="Bluesky")
    keys = {record["uri"].rpartition("/")[2] for record in linked.posts()}
    assert {str(post.permalink).rpartition("/")[2] for post in ended.posts.values()} == keys


async def test_where_idempotency_keys_are_honoured(
    desk: Desk, mastodon_mock: Mock, harm: Harm, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await asked_on(mastodon_mock, "Mastodon (a mock)", desk, harm, figures, monkeypatch) == set()


async def test_where_they_are_not_a_person_is_asked_of_what_may_be_out(
    desk: Desk, snac: Snac, harm: Harm, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is harmed when armed leaves at least one post of which nobody can tell whether its call was made. Which
    posts those are is not given: a worker also takes up what others left, and brings out several at once."""
    assert await asked_on(snac, "snac2", desk, harm, figures, monkeypatch) != set()


async def asked_on(
    server: Server, place: str, desk: Desk, harm: Harm, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> set[Point]:
    monkeypatch.setenv("GREENROOM_FETCH_ALLOW", server.allow)
    linked = await link_there(desk, server)

    async def there() -> list[str]:
        return [status["content"] for status in linked.statuses()]

    ended = await harmed(linked.desk, harm, there, figures, place=place)
    links = {post.permalink for post in ended.posts.values() if post.permalink}
    assert links == {status["url"] for status in linked.statuses()}
    return ended.asked
