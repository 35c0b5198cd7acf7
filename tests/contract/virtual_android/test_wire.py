"""The packets of a virtual Android, byte by byte, and what it does with nonsense."""

import asyncio
import struct
from collections.abc import AsyncIterator

import pytest

from greenroom.agent.virtual.android.device import Android
from greenroom.agent.virtual.android.packets import CLSE, CNXN, MOST, NEW, OKAY, OLD, OPEN, WRTE, Packet, read_packet
from greenroom.agent.virtual.contracts import ANDROID_SMALL
from greenroom.agent.virtual.handset import Handset
from greenroom.agent.virtual.model.phone import Phone


class Peer:
    """A bare client: packets out, packets in."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def send(self, command: int, first: int, second: int, data: bytes = b"") -> None:
        self.writer.write(Packet(command, first, second, data).pack(summed=True))

    async def get(self) -> Packet:
        return await asyncio.wait_for(read_packet(self.reader), 5)

    async def open(self, name: bytes, local: int = 1) -> int:
        self.send(OPEN, local, 0, name + b"\0")
        answer = await self.get()
        assert (answer.command, answer.second) == (OKAY, local)
        return answer.first


@pytest.fixture
async def phone() -> AsyncIterator[Android]:
    device = Android(Handset(Phone(ANDROID_SMALL)), serial="GRV1", policy="open")
    await device.serve()
    yield device
    await device.close()


async def meet(phone: Android, version: int = NEW, most: int = MOST) -> Peer:
    peer = Peer(*await asyncio.open_connection("127.0.0.1", phone.port))
    peer.send(CNXN, version, most, b"host::features=shell_v2")
    hello = await peer.get()
    assert (hello.command, hello.second) == (CNXN, MOST)
    assert b"ro.product.model=Greenroom One;" in hello.data
    assert b"features=shell_v2,cmd,stat_v2" in hello.data
    return peer


async def test_close_is_answered_by_close(phone: Android) -> None:
    peer = await meet(phone)
    remote = await peer.open(b"shell:sleep 30")
    peer.send(CLSE, 1, remote)
    answer = await peer.get()
    assert (answer.command, answer.first, answer.second) == (CLSE, remote, 1)


async def test_an_unknown_service_and_an_unknown_stream_are_closed(phone: Android) -> None:
    peer = await meet(phone)
    peer.send(OPEN, 7, 0, b"nothing:\0")
    answer = await peer.get()
    assert (answer.command, answer.first, answer.second) == (CLSE, 0, 7)
    peer.send(WRTE, 7, 999, b"x")
    answer = await peer.get()
    assert (answer.command, answer.second) == (CLSE, 7)


async def test_a_write_waits_for_the_okay_of_the_one_before(phone: Android) -> None:
    peer = await meet(phone, most=4096)
    remote = await peer.open(b"exec:screencap")
    first = await peer.get()
    assert (first.command, len(first.data)) == (WRTE, 16)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(read_packet(peer.reader), 0.1)
    peer.send(OKAY, 1, remote)
    assert len((await peer.get()).data) == 4096


async def test_an_old_client_gets_sums(phone: Android) -> None:
    peer = await meet(phone, version=OLD)
    await peer.open(b"shell:echo hi")
    header = struct.unpack("<6I", await peer.reader.readexactly(24))
    assert header[4] == sum(await peer.reader.readexactly(header[3])) == sum(b"hi\n")


async def test_version_two_says_the_exit_code_and_keeps_outputs_apart(phone: Android) -> None:
    peer = await meet(phone)
    remote = await peer.open(b"shell,v2,raw:echo a; echo b >&2; exit 9")
    said = b""
    while (packet := await peer.get()).command == WRTE:
        said += bytes(packet.data)
        peer.send(OKAY, 1, remote)
    assert said == b"\x01\x02\0\0\0a\n" + b"\x02\x02\0\0\0b\n" + b"\x03\x01\0\0\0\x09"
    assert packet.command == CLSE


@pytest.mark.parametrize(
    "nonsense",
    [
        b"GET / HTTP/1.1\r\nHost: phone\r\n\r\n",
        struct.pack("<6I", CNXN, NEW, MOST, MOST + 1, 0, CNXN ^ 0xFFFFFFFF),
        struct.pack("<6I", OPEN, 1, 0, 0, 0, 12345),
    ],
)
async def test_nonsense_ends_the_connection_and_nothing_else(phone: Android, nonsense: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", phone.port)
    writer.write(nonsense)
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()
    peer = await meet(phone)
    await peer.open(b"shell:echo alive")
    assert (await peer.get()).data == b"alive\n"


async def test_strangers_open_nothing(signerless: Android) -> None:
    peer = Peer(*await asyncio.open_connection("127.0.0.1", signerless.port))
    peer.send(CNXN, NEW, MOST, b"host::")
    await peer.get()
    peer.send(OPEN, 1, 0, b"shell:id\0")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(read_packet(peer.reader), 0.1)
    peer.writer.close()


@pytest.fixture
async def signerless() -> AsyncIterator[Android]:
    device = Android(Handset(Phone(ANDROID_SMALL)), serial="GRV1", policy="always")
    await device.serve()
    yield device
    await device.close()
