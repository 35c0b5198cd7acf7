"""What every adapter in the registry promises. A new platform is tested here from the day it is registered."""

import inspect
from dataclasses import replace

import pytest

from greenroom.channels import post_store
from greenroom.channels.errors import Rejected
from greenroom.channels.package import check, pack
from greenroom.channels.platforms.adapter import Adapter, Desk, Package, Receipt
from greenroom.channels.platforms.registry import adapter_for, adapters
from greenroom.kit.errors import NotFound
from greenroom.kit.ids import uuid7
from tests.support.bluesky import Pds, link_at
from tests.support.mastodon import Mock, link_there, write_down
from tests.support.publish import Desk as PublishDesk

pytestmark = pytest.mark.slow  # they bring the platforms' servers

every_adapter = pytest.mark.parametrize("adapter", adapters(), ids=lambda a: a.capabilities.platform)


@pytest.fixture
async def at(adapter: Adapter, desk: PublishDesk, pds: Pds, mastodon_mock: Mock) -> tuple[Desk, Package]:
    """A desk of the adapter's account and a package for it. A page is always there, the others have a server."""
    if adapter.capabilities.platform == "bluesky":
        desk = (await link_at(desk, pds)).desk
    elif adapter.capabilities.platform == "mastodon":
        desk = (await link_there(desk, mastodon_mock)).desk
    post = await desk.planned()
    async with desk.tenant.context() as ctx:
        package = await pack(ctx, await post_store.by_id(ctx, post.id))
    return Desk(desk.page, desk.tenant.context), package


@every_adapter
def test_its_capabilities_are_whole(adapter: Adapter) -> None:
    can = adapter.capabilities
    assert adapter_for(can.platform) is adapter
    assert can.title
    assert can.formats
    assert can.caption_longest > 100
    assert can.settle.total_seconds() >= 0
    for call in ("prepare", "commit", "observe", "probe", "take_down"):
        assert inspect.iscoroutinefunction(getattr(adapter, call))


@every_adapter
async def test_what_is_too_long_is_refused_with_a_sentence_and_never_cut(
    adapter: Adapter, at: tuple[Desk, Package]
) -> None:
    _, package = at
    assert adapter.validate(package) == ()
    longest = adapter.capabilities.caption_longest
    fits = replace(package, caption="x" * (longest - len(package.text) + len(package.caption)))
    assert adapter.validate(fits) == ()
    (reason,) = adapter.validate(replace(fits, caption=fits.caption + "yz"))
    assert "2 characters too long" in reason
    tags = tuple(f"t{n}" for n in range(adapter.capabilities.hashtags_most + 1))
    assert any("hashtags" in reason for reason in adapter.validate(replace(package, hashtags=tags)))


@every_adapter
async def test_the_text_that_goes_out_says_that_it_is_ai(adapter: Adapter, at: tuple[Desk, Package]) -> None:
    _, package = at
    assert package.text.endswith(package.disclosure)
    assert package.text.count(package.disclosure) == 1
    assert package.label


@every_adapter
async def test_preparing_may_be_repeated_and_shows_nothing(adapter: Adapter, at: tuple[Desk, Package]) -> None:
    desk, package = at
    first = await adapter.prepare(desk, package)
    again = await adapter.prepare(desk, package)
    assert set(again) == set(first)  # a platform may give a file that is uploaded again another id
    assert all(isinstance(value, str) for value in first.values())
    assert await adapter.probe(desk, package.marker) in ("absent", "unclear")


@every_adapter
async def test_what_was_committed_is_found_and_seen_and_says_that_it_is_ai(
    adapter: Adapter, at: tuple[Desk, Package]
) -> None:
    desk, package = at
    prepared = await adapter.prepare(desk, package)
    await write_down(desk, package, prepared)
    receipt = await adapter.commit(desk, package, prepared)
    assert receipt.remote_id
    if adapter.capabilities.probe != "none":
        assert await adapter.probe(desk, package.marker) == receipt
        assert await adapter.probe(desk, f"greenroom-post-{uuid7()}") in ("absent", "unclear")
    seen = await adapter.observe(desk, package, receipt)
    assert (seen.there, seen.disclosed) == (True, True)


@every_adapter
async def test_what_is_made_with_ai_cannot_go_out_without_saying_so(adapter: Adapter, at: tuple[Desk, Package]) -> None:
    desk, package = at
    assert package.digital_source_type == "trainedAlgorithmicMedia"
    for silent in (replace(package, disclosure=" "), replace(package, label="")):
        with pytest.raises(Rejected, match="says that it is AI"):
            check(adapter, silent)
    check(adapter, package)
    receipt = await adapter.commit(desk, package, await adapter.prepare(desk, package))
    assert (await adapter.observe(desk, package, receipt)).disclosed
    # It is read back and not taken on trust: a line that is not out there is not seen.
    other = replace(package, disclosure="Filmed by hand in a real kitchen.")
    assert not (await adapter.observe(desk, other, receipt)).disclosed


@every_adapter
async def test_a_platform_that_proves_absence_never_makes_two(adapter: Adapter, at: tuple[Desk, Package]) -> None:
    if adapter.capabilities.probe != "certain":
        return
    desk, package = at
    prepared = await adapter.prepare(desk, package)
    assert await adapter.commit(desk, package, prepared) == await adapter.commit(desk, package, prepared)


@every_adapter
async def test_what_was_taken_down_is_not_there_and_may_be_taken_down_again(
    adapter: Adapter, at: tuple[Desk, Package]
) -> None:
    if not adapter.capabilities.take_down:
        return
    desk, package = at
    receipt = await adapter.commit(desk, package, await adapter.prepare(desk, package))
    await adapter.take_down(desk, receipt)
    await adapter.take_down(desk, Receipt(receipt.remote_id, None))
    assert not (await adapter.observe(desk, package, receipt)).there


def test_an_unknown_platform_is_said() -> None:
    with pytest.raises(NotFound, match="can't publish to gopher"):
        adapter_for("gopher")
