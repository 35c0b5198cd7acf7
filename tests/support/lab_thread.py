"""Virtual phones and the agent's own program on a thread of this process, beside a test that drives a browser."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.identity import load
from greenroom.agent.virtual.contracts import Node
from greenroom.agent.virtual.fleet import Fleet, Member, Plan, open_fleet
from greenroom.agent.virtual.model.phone import Phone
from tests.support.adb import own_adb
from tests.support.running_agent import HERE, androids_of, plug, running_agent

START = 60.0
T = TypeVar("T")


class LabThread:
    """Small Android phones behind the real adb, and an agent that was enrolled with `code`. `close` ends it all."""

    def __init__(self, address: str, code: str, home: Path, *, androids: int) -> None:
        self.fleet: Fleet
        self._adb: AdbServer
        self._over: asyncio.Event
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._live, args=(address, code, home, androids))
        self._thread.start()
        assert self._ready.wait(START), "the lab did not start"
        if self._failure is not None:
            raise self._failure

    def member(self, number: int) -> Member:
        return self.fleet.members[f"GRV{number:05}"]

    def number_of(self, serial: str) -> int:
        """Of the phone that the real adb calls so: by its own serial, or by its address."""
        names = [(one.serial, one.address(HERE)) for one in self.fleet.members.values()]
        return next(number for number, both in enumerate(names, 1) if serial in both)

    def look(self, number: int, what: Callable[[Phone], T]) -> T:
        """Something of a phone's own state. Read from beside its thread, for a busy loop would answer late."""
        return what(self.member(number).device.handset.phone)

    def steer(self, number: int, change: Callable[[Phone], object]) -> None:
        """Something done to a phone from inside."""

        async def steered() -> None:
            change(self.member(number).device.handset.phone)
            self.member(number).device.handset.stirred()

        self.do(steered())

    def unplug(self, number: int) -> None:
        self.do(self.member(number).trouble.set({"disconnect": True}))

    def plug(self, number: int) -> None:
        self.do(plug(self._adb, self.member(number)))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(START)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(START)

    def _live(self, *how: Any) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._run(*how))
        except Exception as error:
            self._failure = error
            self._ready.set()
        finally:
            self._loop.close()

    async def _run(self, address: str, code: str, home: Path, androids: int) -> None:
        self._over = asyncio.Event()
        self.fleet = await open_fleet(Plan(androids=androids, small=True))
        self._adb = own_adb(home)
        await enrol(home / "agent", address, code)
        try:
            async with running_agent(load(home / "agent"), [androids_of(self._adb, home)]):
                for member in self.fleet.members.values():
                    await plug(self._adb, member)
                self._ready.set()
                await self._over.wait()
        finally:
            await self._adb.stop()
            await self.fleet.close()


def place_of(phone: Phone, words: str) -> tuple[float, float]:
    """Where the middle of what bears these words stands, as fractions of the screen."""
    found = next(node for node in _all(phone.tree()) if words in (node.text, node.description))
    left, top, right, bottom = found.box
    width, height = phone.size
    return (left + right) / 2 / width, (top + bottom) / 2 / height


def _all(node: Node) -> list[Node]:
    return [node, *(found for child in node.children for found in _all(child))]
