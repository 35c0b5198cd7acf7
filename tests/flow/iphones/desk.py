"""A desk with iPhones for tests: a fake usbmuxd and a fake go-ios, both saying so, with virtual iPhones behind them."""

import asyncio
import contextlib
import json
import os
import plistlib
import signal
import struct
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenroom.agent.iphones.goios import GoIos
from greenroom.agent.iphones.pace import Pace
from greenroom.agent.iphones.source import IphoneSource
from greenroom.agent.iphones.usbmux import Mux
from greenroom.agent.program.sources import Found
from greenroom.agent.virtual.fleet import Fleet
from greenroom.agent.virtual.iphone.device import IPhone

HEADER = struct.Struct("<4I")
BUNDLE = "com.example.WebDriverAgentRunner.xctrunner"
QUICK = Pace(first=0.05, most=0.2, steady=5, look=0.25, running=0.1, answering=3.0, picture=5.0, tunnel=0.5, status=1.5)
FINE: dict[str, Any] = {
    "name": "Anna's iPhone", "version": "17.5.1", "pairing": "paired", "developer": True, "tunnel": "up",
    "image": "none", "bundle": BUNDLE, "runner": "",
}  # fmt: skip


@dataclass
class Desk:
    """`plug` and `unplug` as a person would; `change` what an iPhone is like."""

    folder: Path
    fleet: Fleet
    tunnels: int
    _plugged: dict[str, int] = field(default_factory=dict)
    _ears: set[asyncio.StreamWriter] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @property
    def udids(self) -> list[str]:
        return list(self.fleet.members)

    @property
    def mux(self) -> str:
        return f"unix://{self.folder / 'usbmuxd'}"

    def goios(self) -> GoIos:
        return GoIos(self.folder / "ios", self.folder / "home", self.mux, self.tunnels)

    def source(self) -> IphoneSource:
        return IphoneSource(self.goios(), Mux(self.mux), QUICK)

    async def open(self) -> None:
        script = Path(__file__).with_name("fake_ios.py").read_text()
        ios = self.folder / "ios"
        world = f"import os\nos.environ['GREENROOM_FAKE_IOS'] = {str(self.folder)!r}\n"
        ios.write_text(f"#!{sys.executable} -IS\n{world}{script}")
        ios.chmod(0o755)
        self._write({udid: dict(FINE) for udid in self.udids})
        self._server = await asyncio.start_unix_server(self._serve, self.folder / "usbmuxd")

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for ear in self._ears:
            ear.close()
        for pid in self.left():  # of a test that failed
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def change(self, udid: str, **what: object) -> None:
        phones = json.loads((self.folder / "world.json").read_text())["phones"]
        phones[udid].update(what)
        self._write(phones)

    def forget(self, udid: str) -> None:
        """go-ios sees it no more."""
        phones = json.loads((self.folder / "world.json").read_text())["phones"]
        del phones[udid]
        self._write(phones)

    async def plug(self, udid: str) -> None:
        self._plugged[udid] = max(self._plugged.values(), default=2) + 1
        for ear in self._ears:
            await _say(ear, self._attached(udid))

    async def unplug(self, udid: str) -> None:
        number = self._plugged.pop(udid)
        for ear in self._ears:
            await _say(ear, {"MessageType": "Detached", "DeviceID": number})

    def running(self, name: str) -> int | None:
        """The process that the fake says is running, where it is."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError):
            pid = int((self.folder / name).read_text())
            os.kill(pid, 0)
            return pid
        return None

    def started(self, name: str) -> list[int]:
        file = self.folder / f"{name}.starts"
        return [int(one) for one in file.read_text().split()] if file.exists() else []

    def left(self) -> list[int]:
        """Processes of the fake that still run."""
        wanted = str(self.folder / "ios").encode()
        found = []
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if wanted in file.read_bytes().split(b"\0")[:3]:  # not the agent, which is told the program's name
                    found.append(int(file.parent.name))
        return found

    def _write(self, phones: dict[str, Any]) -> None:
        half = self.folder / "world.half"
        half.write_text(json.dumps({"phones": phones}))
        half.replace(self.folder / "world.json")

    def _attached(self, udid: str) -> dict[str, Any]:
        number = self._plugged[udid]
        about = {"ConnectionSpeed": 480_000_000, "ConnectionType": "USB", "DeviceID": number, "LocationID": 65_540,
                 "ProductID": 4776, "SerialNumber": udid}  # fmt: skip
        return {"MessageType": "Attached", "DeviceID": number, "Properties": about}

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(EOFError, OSError), contextlib.closing(writer):
            while True:
                length, _, _, tag = HEADER.unpack(await reader.readexactly(HEADER.size))
                asked = plistlib.loads(await reader.readexactly(length - HEADER.size))
                match asked["MessageType"]:
                    case "Listen":
                        await _say(writer, {"MessageType": "Result", "Number": 0}, tag)
                        self._ears.add(writer)
                        for udid in self._plugged:
                            await _say(writer, self._attached(udid))
                    case "ListDevices":
                        await _say(writer, {"DeviceList": [self._attached(udid) for udid in self._plugged]}, tag)
                    case "Connect":
                        far = await self._reach(asked["DeviceID"], asked["PortNumber"])
                        await _say(writer, {"MessageType": "Result", "Number": 0 if far else 3}, tag)
                        if far is not None:
                            await _join(reader, writer, *far)
                        return
                    case _:
                        await _say(writer, {"MessageType": "Result", "Number": 1}, tag)  # the fake knows no more

    async def _reach(self, number: int, swapped: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """To the virtual iPhone's WebDriverAgent, while its runner runs."""
        port = struct.unpack(">H", struct.pack("<H", swapped))[0]
        udid = next((one for one, known in self._plugged.items() if known == number), "")
        device = self.fleet.members[udid].device if udid else None
        if not isinstance(device, IPhone) or self.running(f"runwda-{udid}") is None:
            return None
        with contextlib.suppress(OSError, KeyError):
            return await asyncio.open_connection("127.0.0.1", {8100: device.port, 9100: device.mjpeg_port}[port])
        return None


@contextlib.asynccontextmanager
async def following(source: IphoneSource) -> AsyncIterator[dict[str, Found]]:
    """What the source lists, kept up to date while the block runs."""
    now: dict[str, Found] = {}

    async def follow() -> None:
        async with contextlib.aclosing(source.follow()) as lists:
            async for found in lists:
                now.clear()
                now.update({one.serial: one for one in found})

    task = asyncio.create_task(follow())
    try:
        yield now
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _say(writer: asyncio.StreamWriter, message: dict[str, Any], tag: int = 0) -> None:
    body = plistlib.dumps(message)
    writer.write(HEADER.pack(HEADER.size + len(body), 1, 8, tag) + body)
    await writer.drain()


async def _join(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, far: asyncio.StreamReader, back: asyncio.StreamWriter
) -> None:
    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65_536):
                target.write(data)
                await target.drain()

    ways = [asyncio.create_task(copy(reader, back)), asyncio.create_task(copy(far, writer))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        back.close()
