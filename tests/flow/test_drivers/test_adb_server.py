"""Greenroom's own adb server, and servers and phones that say what no real one should."""

import asyncio
import contextlib
import signal
import struct
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from greenroom.agent.drivers.adb import devices as devices_file
from greenroom.agent.drivers.adb import host as host_file
from greenroom.agent.drivers.adb.devices import devices, track
from greenroom.agent.drivers.adb.host import Attached, Failed, Host
from greenroom.agent.drivers.adb.pipe import Pipe
from greenroom.agent.drivers.adb.screencap import screencap
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.adb.sync import Files
from greenroom.agent.errors import HostBroken, Offline, Refused
from greenroom.agent.program import sources
from tests.support.adb import own_adb

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


@asynccontextmanager
async def speaking(talk: Talk) -> AsyncIterator[Host]:
    """A server that says, byte for byte, what `talk` says."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield Host(server.sockets[0].getsockname()[1])


async def request(reader: asyncio.StreamReader) -> str:
    return (await reader.readexactly(int(await reader.readexactly(4), 16))).decode()


def phone_that_says(data: bytes) -> Talk:
    """An adb server with one phone that answers each service with `data`."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(b"OKAY")
        await request(reader)
        writer.write(b"OKAY" + data)

    return talk


def shell(host: Host) -> Shell:
    return Shell(host, Attached("S", 7), "phone2")


async def test_one_server_is_started_and_the_next_agent_takes_it_over(host: Host, adb_server: AdbServer) -> None:
    other = AdbServer(adb_server.binary, adb_server.port, adb_server.home)
    assert await other.start() == host
    await other.stop()  # not its own: it stays
    assert await host.ask("host:version") == "0029"
    assert isinstance(await devices(host), tuple)
    with pytest.raises(Failed, match="unknown host service"):
        await host.ask("host:nonsense")


async def test_a_server_of_ours_that_hangs_is_ended_and_another_one_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = own_adb(tmp_path)
    try:
        where = await server.start()
        async with contextlib.aclosing(track(where)) as lists:
            assert await anext(lists) == ()
            hung = server._child
            assert hung is not None
            hung.send_signal(signal.SIGSTOP)
            monkeypatch.setattr(host_file, "ANSWERING", 0.3)
            monkeypatch.setattr(devices_file, "LOOK", 0.2)
            with pytest.raises(HostBroken, match="does not answer"):
                await anext(lists)
        monkeypatch.setattr(host_file, "ANSWERING", 1.0)
        found = await asyncio.gather(*(server.start() for _ in range(5)))
        assert {await one.ask("host:version") for one in found} == {"0029"}
        assert hung.returncode is not None
    finally:
        await server.stop()


@pytest.mark.parametrize("words", [b"", b"OK", b"OKAY", b"OKAY0010cut", b"FAIL0004what", b"OKAYnone"])
async def test_a_server_that_ends_at_the_wrong_moment_is_broken_and_is_followed_again(
    words: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_AGAIN", 0.0)
    times = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal times
        times += 1
        await request(reader)
        writer.write(words)

    async with speaking(talk) as host:
        with pytest.raises(HostBroken):
            await anext(track(host))

        async def start() -> Host:
            return host

        async with contextlib.aclosing(sources.AdbSource(start).follow()) as lists:
            before = times
            for _ in range(3):
                assert await anext(lists) == ()
            assert times >= before + 3


async def test_the_server_of_another_adb_is_left_alone(adb_server: AdbServer) -> None:
    async def old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await request(reader) == "host:version"
        writer.write(b"OKAY00040027")

    async with speaking(old) as host:
        with pytest.raises(HostBroken, match="version 39, Greenroom's is 41: stop the other one"):
            await AdbServer(adb_server.binary, host.port, adb_server.home).start()


async def test_no_adb_is_named_and_so_is_what_is_none(tmp_path: Path) -> None:
    with pytest.raises(HostBroken, match="cannot be started"):
        await AdbServer(tmp_path / "adb", 1, tmp_path).start()
    with pytest.raises(HostBroken, match="does not look like adb"):
        await AdbServer(Path("/bin/true"), 1, tmp_path).start()
    with pytest.raises(HostBroken, match="No adb server answers"):
        await Host(1).ask("host:version")


async def test_an_older_server_is_asked_by_serial_number() -> None:
    asked: list[str] = []

    async def old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked.append(await request(reader))
            if asked[-1].startswith("host:tport:"):
                writer.write(b"FAIL0014unknown host service")
                return
            writer.write(b"OKAY")

    async with speaking(old) as host:
        found = await host.attach("R5CW")
        assert found == Attached("R5CW")
        (await host.open(found, "exec:true")).close()
    assert asked[:3] == ["host:tport:serial:R5CW", "host:transport:R5CW", "host:transport:R5CW"]


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (struct.pack("<III", 2, 1, 1) + b"\1\2\3\4\5\6\7\x08", None, ""),
        (struct.pack("<IIII", 2, 1, 1, 0) + b"\1\2\3\4\5\6\7\x08", None, ""),  # with a colour space
        (struct.pack("<III", 2, 1, 1) + b"\1\2\3", Offline, "after 3 of 8 bytes"),
        (struct.pack("<III", 2, 1, 1) + bytes(20), Offline, "broke off"),
        (struct.pack("<III", 99_999, 99_999, 1), Refused, "took no screenshot"),
        (b"Failed to take screenshot. Status: -38", Refused, "Failed to take screenshot"),
        (b"", Refused, "it sent nothing"),
    ],
)
async def test_a_screenshot_is_whole_or_an_error(data: bytes, kind: type[Exception] | None, says: str) -> None:
    async with speaking(phone_that_says(data)) as host:
        if kind is None:
            picture = await screencap(shell(host))
            assert (picture.width, picture.height, bytes(picture.data)) == (2, 1, b"\1\2\3\4\5\6\7\x08")
        else:
            with pytest.raises(kind, match=says):
                await screencap(shell(host))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Offline),  # ended without an exit code
        (struct.pack("<BI", 1, 5) + b"abc", Offline),
        (b"\xff" * 40, Refused),
        (struct.pack("<BI", 1, 1 << 31), Refused),
    ],
)
async def test_a_shell_that_breaks_off_or_babbles_is_an_error(data: bytes, kind: type[Exception]) -> None:
    async with speaking(phone_that_says(data)) as host:
        with pytest.raises(kind, match=r"^phone2 "):
            await shell(host).run("true")


async def test_a_stranger_on_the_port_is_no_adb_server() -> None:
    async def web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with speaking(web) as host:
        with pytest.raises(HostBroken, match="no adb server"):
            await host.ask("host:version")


async def test_a_request_too_long_for_the_protocol_is_refused_before_it_is_sent(host: Host) -> None:
    with pytest.raises(Refused, match="send it in parts"):
        await host.open(Attached("S", 7), "exec:" + "x" * 70_000, name="phone2")


async def test_a_full_phone_that_refuses_a_file_in_the_middle_is_understood() -> None:
    says = b"couldn't create file: No space left on device"
    async with speaking(phone_that_says(struct.pack("<4sI", b"FAIL", len(says)) + says)) as host:
        files = Files(host, Attached("S", 7), "phone2", frozenset({"sendrecv_v2"}))
        with pytest.raises(Refused, match="phone2 has no room left: delete something"):
            await files.push(bytes(3_000_000), "/sdcard/full.bin")


async def test_large_answers_are_read_in_place() -> None:
    async with speaking(phone_that_says(bytes(3_000_000))) as host:
        pipe: Pipe
        async with await host.open(Attached("S", 7), "exec:x", name="phone2") as pipe:
            room = bytearray(3_000_001)
            assert await pipe.fill(memoryview(room)) == 3_000_000
