"""Phones with one serial number: told apart from when they were seen together, for good."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from greenroom.agent.drivers.adb.devices import Device
from greenroom.agent.errors import Offline
from greenroom.agent.liveness import Link
from greenroom.agent.phone_values import Info
from greenroom.agent.program.known import Known
from greenroom.agent.program.shared import FILE, Shared
from greenroom.agent.program.sources import Found, found_of
from tests.support.wait import until_true


def device(port: str, serial: str = "X", number: int = 1) -> Device:
    return Device(serial, "device", number, path=port, usb=bool(port))


def serials(devices: Sequence[Device], shared: Shared) -> list[str]:
    return [one.serial for one in found_of(devices, shared)]


def test_who_stays_alone_is_not_taken_for_the_other_not_even_by_an_agent_started_later(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    a, b, other = device("1-1"), device("1-2", number=2), device("1-3", "Y", 3)
    assert serials([a, other], shared) == ["X", "Y"]
    assert serials([a, b, other], shared) == ["X at 1-1", "X at 1-2", "Y"]
    assert serials([b, other], shared) == ["X at 1-2", "Y"]
    assert serials([b, other], Shared(tmp_path)) == ["X at 1-2", "Y"]
    assert serials([device("", number=4)], Shared(tmp_path)) == []  # which of them it is nobody can tell


def test_phones_without_a_serial_number_go_by_their_ports(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    assert serials([device("1-1", "")], shared) == ["unknown at 1-1"]
    assert serials([device("1-1", ""), device("1-2", "", 2), device("", "", 3)], shared) == [
        "unknown at 1-1", "unknown at 1-2",
    ]  # fmt: skip
    assert {one.shared for one in found_of([device("1-1", "")], shared)} == {True}
    assert "" not in Shared(tmp_path)


def test_a_file_that_cannot_be_read_or_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no list")
    shared = Shared(tmp_path / "missing")
    shared.add(["X"])
    assert "X" in shared
    assert "X" not in Shared(tmp_path)


class Air:
    """Phones at addresses; each answers with its serial, or not at all."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.lists: asyncio.Queue[list[str]] = asyncio.Queue()

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        while True:
            yield tuple(Found(one, "android", Link.UP, one) for one in await self.lists.get())

    async def open(self, found: Found) -> Any:
        if found.serial not in self.said:
            raise Offline("This phone", "does not answer")

        async def info() -> Info:
            return Info("android", "", "", "", self.said[found.serial], (0, 0), 0, "", None, None)

        async def close() -> None: ...

        return SimpleNamespace(info=info, close=close)


async def test_two_in_the_network_that_both_answer_keep_their_addresses_and_one_that_moved_its_name() -> None:
    air, now = Air(), list[str]()

    async def follow() -> None:
        async for found in Known(air).follow():
            now[:] = sorted(one.serial for one in found)

    following = asyncio.create_task(follow())
    try:
        air.said = {"10.0.0.1:5555": "X", "10.0.0.3:5555": "Z"}
        air.lists.put_nowait(list(air.said))
        await until_true(lambda: now == ["X", "Z"])
        del air.said["10.0.0.3:5555"]  # it moved to .4; adb lists .3 until its connection breaks
        air.said |= {"10.0.0.2:5555": "X", "10.0.0.4:5555": "Z"}
        air.lists.put_nowait([*air.said, "10.0.0.3:5555"])
        await until_true(lambda: {"10.0.0.1:5555", "10.0.0.2:5555"} <= set(now))
        air.lists.put_nowait(["10.0.0.2:5555", "10.0.0.4:5555"])
        await until_true(lambda: now == ["10.0.0.2:5555", "Z"])
    finally:
        following.cancel()
        await asyncio.wait([following])
