"""What adapters with threads promise: half a thread is never taken for nothing, and what is too late is not sent."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from greenroom.channels import facade as channels
from greenroom.channels import post_store
from greenroom.channels.errors import NeedsPerson, Rejected, RetryLater
from greenroom.channels.package import pack
from greenroom.channels.platforms.adapter import Adapter, Desk, Package, Partly
from greenroom.channels.platforms.registry import adapter_for
from tests.support.bluesky import Pds, link_at
from tests.support.gate import Gate, gate
from tests.support.mastodon import Mock, link_there, write_down
from tests.support.publish import Desk as PublishDesk

pytestmark = pytest.mark.slow  # they bring the platforms' servers

LONG = "\n\n".join(f"{n}. " + "Yeast eats sugar and breathes out gas, which lifts the dough. " * 5 for n in range(5))


@dataclass(frozen=True)
class Threads:
    """An adapter with a gate before its server, and a package that is a thread there. `ids`: what is out, in order."""

    adapter: Adapter
    desk: Desk
    package: Package
    gate: Gate
    ids: Callable[[], list[str]]


@pytest.fixture(params=["bluesky", "mastodon"])
async def threads(request: pytest.FixtureRequest, desk: PublishDesk) -> AsyncIterator[Threads]:
    at: Any
    if request.param == "bluesky":
        pds: Pds = request.getfixturevalue("pds")
        async with gate(pds.port, "/xrpc/com.atproto.repo.putRecord") as before:
            at = await link_at(desk, pds, through=before.address, allow=before.allow)
            yield await _threads("bluesky", at, before, lambda: [one["uri"] for one in at.posts()])
    else:
        mock: Mock = request.getfixturevalue("mastodon_mock")
        async with gate(mock.port, "/api/v1/statuses") as before:
            at = await link_there(desk, mock, through=before.address, allow=before.allow)
            yield await _threads("mastodon", at, before, lambda: [one["id"] for one in at.statuses()][::-1])


async def _threads(platform: str, at: Any, before: Gate, ids: Callable[[], list[str]]) -> Threads:
    content = await at.desk.approved("Why bread rises", caption=LONG)
    async with at.desk.tenant.context() as ctx:
        post = await channels.add_post(ctx, content=content, account=at.account.id)
        package = await pack(ctx, await post_store.by_id(ctx, post.id))
    return Threads(adapter_for(platform), at.adapters_desk, package, before, ids)


@pytest.mark.parametrize("part", [1, 2])
@pytest.mark.parametrize("status", [429, 422, 401, 503, 0])
async def test_half_a_thread_is_said_to_be_out_and_is_completed(threads: Threads, part: int, status: int) -> None:
    adapter, desk, package, before = threads.adapter, threads.desk, threads.package, threads.gate
    prepared = await adapter.prepare(desk, package)
    await write_down(desk, package, prepared)
    before.passing, before.closed_to = part, status
    with pytest.raises(Exception) as raised:  # noqa: PT011  # whichever, but for those below
        await adapter.commit(desk, package, prepared)
    assert not isinstance(raised.value, (RetryLater, Rejected, NeedsPerson)), raised.value
    out = threads.ids()
    assert len(out) == part

    await before.open()
    found = await adapter.probe(desk, package.marker)
    assert isinstance(found, Partly)
    assert found.receipt.remote_id == out[0]
    receipt = await adapter.commit(desk, package, prepared)
    assert receipt.remote_id == out[0]
    whole = threads.ids()
    assert whole[:part] == out
    assert len(whole) == len(set(whole)) > 2
    assert await adapter.probe(desk, package.marker) == receipt


async def test_a_thread_whose_later_part_is_refused_for_good_is_taken_back(threads: Threads) -> None:
    adapter, desk = threads.adapter, threads.desk
    package = threads.package
    prepared = await adapter.prepare(desk, package)
    await write_down(desk, package, prepared)
    threads.gate.passing, threads.gate.closed_to, threads.gate.only_counted = 1, 422, True
    with pytest.raises(Rejected):
        await adapter.commit(desk, package, prepared)
    assert threads.ids() == []


class TooLate(Exception):
    pass


@pytest.mark.parametrize("in_time", [0, 1])
async def test_what_is_too_late_is_not_sent(threads: Threads, in_time: int) -> None:
    """The listener sees the parts that were in time, and not one byte of the next."""
    asked: list[int] = []

    def guard() -> None:
        asked.append(threads.gate.seen)
        if len(asked) > in_time:
            raise TooLate

    desk = replace(threads.desk, in_time=guard)
    prepared = await threads.adapter.prepare(desk, threads.package)
    await write_down(desk, threads.package, prepared)
    with pytest.raises(TooLate):
        await threads.adapter.commit(desk, threads.package, prepared)
    assert (threads.gate.seen, len(threads.ids()), asked) == (in_time, in_time, list(range(in_time + 1)))


async def test_each_further_part_has_its_own_time(threads: Threads) -> None:
    armed: list[int] = []

    async def arm() -> None:
        armed.append(threads.gate.seen)

    desk = replace(threads.desk, arm=arm)
    await threads.adapter.commit(desk, threads.package, await threads.adapter.prepare(desk, threads.package))
    assert armed[-1] == len(threads.ids()) - 1
    assert [*range(1, len(threads.ids()))] == [one for one in armed if one]
