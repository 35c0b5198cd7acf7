"""Virtual phones and the agent's own program on a thread of this process, beside a test that drives a browser."""

import asyncio
import hashlib
import socket
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import adbutils

from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.dial import dial
from greenroom.agent.program.enrol import enrol
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import load
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource
from greenroom.agent.program.stay import stay
from greenroom.agent.virtual.contracts import Node
from greenroom.agent.virtual.fleet import Fleet, Member, Plan, open_fleet
from greenroom.agent.virtual.model.phone import Phone
from greenroom.kit.chance import Chance

_JAR = b"stands for scrcpy's server, which a virtual phone takes and does not look into"
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
        names = [(one.serial, one.address("127.0.0.1")) for one in self.fleet.members.values()]
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
        self.do(self._plug(self.member(number)))

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
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._adb = AdbServer(Path(adbutils.adb_path()), free.getsockname()[1], home)
        await enrol(home / "agent", address, code)
        jar, gate = home / "server.jar", Gate()
        jar.write_bytes(_JAR)
        shelf = Shelf([AdbSource(self._adb.start, Jar(jar, hashlib.sha256(_JAR).hexdigest()))], gate)
        staying = stay(load(home / "agent"), shelf, gate, dial, say=lambda _: None, chance=Chance("lab"))
        tasks = [asyncio.create_task(shelf.run()), asyncio.create_task(staying)]
        try:
            for member in self.fleet.members.values():
                await self._plug(member)
            self._ready.set()
            await self._over.wait()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            await self._adb.stop()
            await self.fleet.close()

    async def _plug(self, member: Member) -> None:
        """Heal it and attach it, as the system does when a cable goes in."""
        await member.trouble.clear()
        host = await self._adb.start()
        await host.disconnect(member.address("127.0.0.1"))
        await host.connect(member.address("127.0.0.1"))


def place_of(phone: Phone, words: str) -> tuple[float, float]:
    """Where the middle of what bears these words stands, as fractions of the screen."""
    found = next(node for node in _all(phone.tree()) if words in (node.text, node.description))
    left, top, right, bottom = found.box
    width, height = phone.size
    return (left + right) / 2 / width, (top + bottom) / 2 / height


def _all(node: Node) -> list[Node]:
    return [node, *(found for child in node.children for found in _all(child))]
