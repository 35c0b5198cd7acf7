"""One connection at a server made of paper: what one phone does wrong ends neither it nor what is said of others."""

import asyncio
from collections.abc import AsyncGenerator
from typing import NoReturn
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from greenroom.agent.errors import Offline
from greenroom.agent.liveness import Link
from greenroom.agent.phone import Phone
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import Identity
from greenroom.agent.program.line import Line
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import Found
from greenroom.agent.program.station import Station
from greenroom.wire import control
from greenroom.wire.messages import (
    FROM_AGENT,
    FROM_STRANGER,
    Challenge,
    KeyFrame,
    Lease,
    LeaseSeen,
    Message,
    Phones,
    Welcome,
)
from greenroom.wire.version import VERSION
from tests.support.wait import until_true

FOUND = (Found("GOOD", "android", Link.UP, "1"), Found("ODD\0", "android", Link.UP, "2"))


class Paper:
    """Welcomes the agent, then says what it is told to; `heard` is what came."""

    def __init__(self) -> None:
        self.says: asyncio.Queue[Message] = asyncio.Queue()
        for message in (Challenge("ab" * 32), Welcome(VERSION, 60)):
            self.says.put_nowait(message)
        self.heard: list[Message] = []

    async def send(self, data: str | bytes) -> None:
        self.heard.append(control.read(data, FROM_AGENT | FROM_STRANGER))

    async def receive(self) -> str | bytes:
        return control.write(await self.says.get())


class Nowhere:
    """Lists its phones, of which none can be opened."""

    async def follow(self) -> AsyncGenerator[tuple[Found, ...], None]:
        yield FOUND
        raise RuntimeError("a source that breaks")

    async def open(self, found: Found) -> Phone:
        raise Offline("This phone", "is not there")


def phones(paper: Paper) -> list[list[str]]:
    return [[one.serial for one in said.phones] for said in paper.heard if isinstance(said, Phones)]


async def test_a_phone_that_no_message_can_hold_is_left_out_and_one_that_fails_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    paper, gate = Paper(), Gate()
    shelf = Shelf([Nowhere()], gate)
    identity = Identity("http://127.0.0.1:9", UUID(int=7), Ed25519PrivateKey.from_private_bytes(bytes(32)))
    line = Line(paper, identity, shelf, gate, program="test", welcomed=lambda: None)
    running = [asyncio.create_task(shelf.run())]
    try:
        await until_true(lambda: len(shelf.seen) == 2)
        running.append(asyncio.create_task(line.run()))
        await until_true(lambda: phones(paper) == [["GOOD"]])

        def broken(*_: object) -> NoReturn:
            raise RuntimeError("a driver's bug")

        monkeypatch.setattr(Station, "want_key", broken)
        monkeypatch.setattr(Station, "_now", broken)
        monkeypatch.setattr(Station, "fresh", broken)
        paper.says.put_nowait(KeyFrame(1, "focus"))
        paper.says.put_nowait(Lease(1, 5, held=True, seconds=60))
        await until_true(lambda: LeaseSeen(1, 5) in paper.heard)
        assert shelf.fresh == ()
        assert not any(task.done() for task in running)
    finally:
        for task in running:
            task.cancel()
        await asyncio.wait(running)
    assert sum("is left out: phone_changed" in one.message for one in caplog.records) == 1
