"""The floor: scrcpy's control messages on a bare socket to the virtual phone, without adb's server in between."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.phonelab.fleet import Handset
from greenroom.agent.drivers.adb.scrcpy import control
from greenroom.agent.virtual.android.packets import CNXN, MOST, NEW, OKAY, OPEN, WRTE, Packet, read_packet

START = (
    "echo jar > /data/local/tmp/floor.jar; CLASSPATH=/data/local/tmp/floor.jar app_process / "
    "com.genymobile.scrcpy.Server 3.3.4 scid=00000abc tunnel_forward=true audio=false video=false "
    "send_dummy_byte=false send_device_meta=false clipboard_autosync=false"
)
SHELL, CONTROL = 1, 2
STARTING = 10.0  # seconds


class RawPhone:
    """One ADB connection with one scrcpy session, for touches only."""

    def __init__(self, phone: Handset, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._size, self._reader, self._writer = phone.size, reader, writer
        self._remote = 0

    async def start(self) -> None:
        self._send(Packet(CNXN, NEW, MOST, b"host::\0"))
        await self._answer(CNXN)
        self._send(Packet(OPEN, SHELL, 0, f"shell,v2,raw:{START}\0".encode()))
        await self._answer(OKAY)
        async with asyncio.timeout(STARTING):
            while not self._remote:
                self._remote = await self._open()

    async def _open(self) -> int:
        """The phone's number for the control stream; 0 while nobody listens there."""
        self._send(Packet(OPEN, CONTROL, 0, b"localabstract:scrcpy_00000abc\0"))
        while (packet := await read_packet(self._reader)).second != CONTROL:
            if packet.command == WRTE:
                self._send(Packet(OKAY, SHELL, packet.first))
        return packet.first if packet.command == OKAY else 0

    def tap(self, x: float, y: float) -> int:
        """At a share of width and height; when it was sent."""
        place = int(x * self._size[0]), int(y * self._size[1])
        data = control.touch("down", *place, self._size) + control.touch("up", *place, self._size)
        sent = time.monotonic_ns() // 1000
        self._send(Packet(WRTE, CONTROL, self._remote, data))
        return sent

    async def listen(self) -> None:
        """Take what the phone says, for ever."""
        while True:
            packet = await read_packet(self._reader)
            if packet.command == WRTE:
                self._send(Packet(OKAY, packet.second, packet.first))

    async def _answer(self, command: int) -> None:
        while (await read_packet(self._reader)).command != command:
            pass

    def _send(self, packet: Packet) -> None:
        self._writer.write(packet.pack(summed=False))


@asynccontextmanager
async def raw_phone(phone: Handset) -> AsyncIterator[RawPhone]:
    reader, writer = await asyncio.open_connection("127.0.0.1", phone.port, limit=MOST * 2)
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    found = RawPhone(phone, reader, writer)
    await found.start()
    listening = asyncio.create_task(found.listen())
    try:
        yield found
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        writer.close()
