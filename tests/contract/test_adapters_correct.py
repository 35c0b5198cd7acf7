"""What every adapter promises about correcting: it does, and keeps saying that it is AI, or it says why it can't."""

from dataclasses import replace

import pytest

from greenroom.channels.platforms.adapter import Adapter, Desk, Package
from greenroom.channels.platforms.corrects import Corrects
from greenroom.channels.platforms.registry import adapters
from greenroom.kit.errors import Gone
from tests.contract.test_adapters import at as at
from tests.support.mastodon import write_down

RIGHT = "Yeast eats sugar and breathes out carbon dioxide."
every_adapter = pytest.mark.parametrize("adapter", adapters(), ids=lambda a: a.capabilities.platform)
correcting = pytest.mark.parametrize(
    "adapter", [one for one in adapters() if one.capabilities.corrects], ids=lambda a: a.capabilities.platform
)


@every_adapter
def test_it_corrects_or_says_why_not(adapter: Adapter) -> None:
    can = adapter.capabilities
    assert isinstance(adapter, Corrects) == bool(can.corrects)
    assert bool(can.corrects) != bool(can.corrects_not)
    assert can.corrects or "post it again" in can.corrects_not


@correcting
async def test_the_words_are_set_once_or_twice_alike_and_the_line_about_ai_stays(
    adapter: Adapter, at: tuple[Desk, Package]
) -> None:
    desk, package = at
    assert isinstance(adapter, Corrects)
    prepared = await adapter.prepare(desk, package)
    await write_down(desk, package, prepared)
    receipt = await adapter.commit(desk, package, prepared)
    right = replace(package, caption=RIGHT)
    planned = await adapter.plan_correction(desk, right, receipt, prepared)
    assert all(isinstance(value, str) for value in planned.values())
    assert await adapter.read_words(desk, receipt, planned) == "before"
    for _ in range(2):
        await adapter.correct_words(desk, receipt, planned)
        assert await adapter.read_words(desk, receipt, planned) == "corrected"
    seen = await adapter.observe(desk, right, receipt)
    assert (seen.there, seen.disclosed) == (True, True)
    await adapter.take_down(desk, receipt)
    for call in (adapter.read_words, adapter.correct_words):
        with pytest.raises(Gone):
            await call(desk, receipt, planned)
