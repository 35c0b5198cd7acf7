"""How phones are listed that one computer reaches by its cable and through the network, or at two addresses."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from greenroom.agent.liveness import Link
from greenroom.agent.phone_values import Info
from greenroom.agent.program.known import Known
from greenroom.agent.program.shared import Shared
from greenroom.agent.program.sources import Found
from tests.support.wait import until_true

FACTORY = "0123456789ABCDEF"
SERVICE = "adb-R58N-aB3x9Z._adb-tls-connect._tcp"


class Ways:
    """Ways to phones: by each, what answers there says of itself."""

    def __init__(self, said: Mapping[str, tuple[str, str]]) -> None:
        self._said = said

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        yield tuple(Found(one, "android", Link.UP, one) for one in self._said)
        await asyncio.Event().wait()

    async def open(self, found: Found) -> Any:
        serial, installed = self._said[found.serial]

        async def info() -> Info:
            return Info("android", "", "", "", serial, (0, 0), 0, "", None, None, installed=installed)

        async def close() -> None: ...

        return SimpleNamespace(info=info, close=close)


@pytest.mark.parametrize(
    ("said", "listed", "two"),
    [
        ({SERVICE: ("R58N", "aa")}, {"R58N": SERVICE}, False),
        ({f"{SERVICE}.": ("R58N", "aa")}, {"R58N": f"{SERVICE}."}, False),
        ({SERVICE: ("R58N", "aa"), "R58N": ("R58N", "aa")}, {"R58N": "R58N"}, False),
        ({SERVICE: ("R58N", "aa"), "10.0.0.1:5555": ("R58N", "aa")}, {"R58N": SERVICE}, False),
        (
            {"10.0.0.2:5555": ("R58N", "aa"), "10.0.0.1:5555": ("R58N", "bb")},
            {"10.0.0.2:5555": "10.0.0.2:5555", "10.0.0.1:5555": "10.0.0.1:5555"},
            True,
        ),
        (
            {FACTORY: (FACTORY, "aa"), "10.0.0.1:5555": (FACTORY, "bb")},
            {FACTORY: FACTORY, "10.0.0.1:5555": "10.0.0.1:5555"},
            False,
        ),
    ],
)
async def test_each_phone_is_listed_once(said: dict[str, tuple[str, str]], listed: dict[str, str], two: bool) -> None:
    shared, now = Shared(), dict[str, str]()

    async def follow() -> None:
        async for found in Known(Ways(said), shared).follow():
            now.clear()
            now.update({one.serial: one.place for one in found})

    following = asyncio.create_task(follow())
    try:
        await until_true(lambda: now == listed)
        await asyncio.sleep(0.05)  # nothing changes it once all have been asked
        assert now == listed
        assert ("R58N" in shared) == two
    finally:
        following.cancel()
        await asyncio.wait([following])
