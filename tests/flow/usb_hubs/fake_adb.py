"""A fake adb server, which says so: it lists phones on USB ports as adb 36 does, and behind each is nobody.

Whoever asks one of its phones waits for ever, as with a phone that hangs; the list is followed as with the real one.
"""

import asyncio
import contextlib
from dataclasses import dataclass, field

DEVICE = """device {{
  serial: "{serial}"
  state: DEVICE
  bus_address: "usb:{port}"
  product: "fake"
  model: "Fake_phone"
  device: "fake"
  connection_type: USB
  transport_id: {number}
}}
"""


@dataclass
class FakeAdb:
    """`plugged`: ports by serial. After a change of it, `tell`."""

    plugged: dict[str, str] = field(default_factory=dict)
    port: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)
    _ears: set[asyncio.StreamWriter] = field(default_factory=set)
    _server: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for one in self._open:
            one.close()

    def plug(self, **ports: str) -> None:
        for serial, port in ports.items():
            self.plugged[serial] = port
            self._numbers[serial] = max(self._numbers.values(), default=0) + 1
        self.tell()

    def unplug(self, *serials: str) -> None:
        for serial in serials:
            del self.plugged[serial]
        self.tell()

    def tell(self) -> None:
        for one in self._ears:
            one.write(self._list())

    def _list(self) -> bytes:
        return _text("".join(
            DEVICE.format(serial=serial, port=port, number=self._numbers[serial])
            for serial, port in self.plugged.items()
        ))  # fmt: skip

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(EOFError, OSError), contextlib.closing(writer):
            asked = (await reader.readexactly(int(await reader.readexactly(4), 16))).decode()
            match asked:
                case "host:version":
                    writer.write(b"OKAY" + _text("0029"))
                case "host:host-features":
                    writer.write(b"OKAY" + _text("shell_v2,cmd,devicetracker_proto_format"))
                case "host:track-devices-proto-text":
                    writer.write(b"OKAY" + self._list())
                    self._ears.add(writer)
                    await reader.read()
                    self._ears.discard(writer)
                case _ if asked.startswith(("host-transport-id:", "host:transport-id:", "host:tport:")):
                    await reader.read()  # it hangs
                case _:
                    writer.write(b"FAIL" + _text(f"a fake adb server, for Greenroom's tests, does not know {asked}"))
            await writer.drain()


def _text(words: str) -> bytes:
    return b"%04x" % len(words.encode()) + words.encode()
