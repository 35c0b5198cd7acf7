"""The computer's own usbmuxd: which iPhones are plugged in, and a way to one of their ports.

Its protocol is four little-endian words (length, version 1, type 8 for a property list, a tag), then the list. go-ios
talks to the same socket. Forwarding is done here because `ios forward` (1.2.0) listens on all interfaces of the
computer, where anybody on the network could act on the iPhone without holding it.
"""

import asyncio
import contextlib
import os
import plistlib
import re
import struct
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError

from greenroom.agent.errors import HostBroken, Offline

HEADER = struct.Struct("<4I")
LARGEST = 1 << 20  # bytes of one message
UDID = re.compile(r"[0-9A-Za-z-]{8,64}")
CONNECTING = 5.0  # seconds
SOCKET = "/var/run/usbmuxd"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Attached:
    """An iPhone as it is plugged in now. `location`: what the system says of its place; only macOS says the ports."""

    udid: str
    number: int
    location: int = 0


@dataclass(frozen=True, slots=True)
class Mux:
    """`address` as go-ios takes it from USBMUXD_SOCKET_ADDRESS: unix:///path, or host:port."""

    address: str = field(default_factory=lambda: os.environ.get("USBMUXD_SOCKET_ADDRESS", f"unix://{SOCKET}"))

    async def follow(self) -> AsyncGenerator[tuple[Attached, ...], None]:
        """Those on USB now, and again after every change; HostBroken when the daemon is not there, or ends."""
        reader, writer = await self._dial()
        there: dict[int, Attached] = {}
        try:
            await _send(writer, {"MessageType": "Listen"})
            yield ()
            while True:
                said = await _receive(reader)
                match said.get("MessageType"):
                    case "Result" if said.get("Number") != 0:
                        raise HostBroken(f"usbmuxd does not say what is plugged in (it answered {said.get('Number')}).")
                    case "Attached":
                        about = said.get("Properties", {})
                        # The same iPhone can be there over Wi-Fi as well; only its cable is followed.
                        udid = _udid(str(about.get("SerialNumber", "")))
                        if about.get("ConnectionType") == "USB" and UDID.fullmatch(udid):
                            number = int(said["DeviceID"])
                            there[number] = Attached(udid, number, int(about.get("LocationID", 0)))
                            yield tuple(there.values())
                    case "Detached":
                        if there.pop(int(said.get("DeviceID", -1)), None) is not None:
                            yield tuple(there.values())
        except (EOFError, OSError) as error:
            raise HostBroken("usbmuxd ended; it is asked again.") from error
        finally:
            writer.close()

    async def connect(self, phone: Attached, port: int) -> Streams:
        """A stream to one of the iPhone's ports; Offline when nothing listens there, or the iPhone is gone."""
        reader, writer = await self._dial()
        try:
            swapped = struct.unpack("<H", struct.pack(">H", port))[0]
            await _send(writer, {"MessageType": "Connect", "DeviceID": phone.number, "PortNumber": swapped})
            said = await _receive(reader)
            if said.get("Number") != 0:
                raise Offline(phone.udid, f"takes no connection on its port {port}")
        except (EOFError, OSError) as error:
            writer.close()
            raise Offline(phone.udid, "lost its connection: check its cable") from error
        except BaseException:
            writer.close()
            raise
        return reader, writer

    async def _dial(self) -> Streams:
        kind, _, path = self.address.partition(":")
        try:
            async with asyncio.timeout(CONNECTING):
                if kind == "unix":
                    return await asyncio.open_unix_connection(path.removeprefix("//"))
                host, _, number = self.address.rpartition(":")
                return await asyncio.open_connection(host, int(number))
        except (OSError, TimeoutError, ValueError) as error:
            raise HostBroken(
                f"usbmuxd does not answer at {self.address}; install and start it, on Linux: apt-get install usbmuxd."
            ) from error


async def _send(writer: asyncio.StreamWriter, message: dict[str, Any]) -> None:
    body = plistlib.dumps(
        {"ClientVersionString": "greenroom", "ProgName": "greenroom", "kLibUSBMuxVersion": 3, **message}
    )
    writer.write(HEADER.pack(HEADER.size + len(body), 1, 8, 1) + body)
    await writer.drain()


async def _receive(reader: asyncio.StreamReader) -> dict[str, Any]:
    length, _, _, _ = HEADER.unpack(await reader.readexactly(HEADER.size))
    if not HEADER.size <= length <= LARGEST:
        raise HostBroken("What listens there is no usbmuxd.")
    body = await reader.readexactly(length - HEADER.size)
    with contextlib.suppress(plistlib.InvalidFileException, ExpatError, ValueError):
        said = plistlib.loads(body)
        if isinstance(said, dict):
            return said
    raise HostBroken("What listens there is no usbmuxd.")


def _udid(serial: str) -> str:
    """Since the iPhone XS with a hyphen after eight digits; some daemons leave it out."""
    return f"{serial[:8]}-{serial[8:]}" if len(serial) == 24 and "-" not in serial else serial
