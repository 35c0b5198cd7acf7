"""Files to and from a phone, and its folders, over one sync stream an action."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from greenroom.agent.drivers.adb.host import Attached, Host
from greenroom.agent.drivers.adb.pipe import Pipe
from greenroom.agent.drivers.adb.sync_packets import (
    CHUNK,
    HEAD,
    PATH,
    STAT1,
    STAT2,
    Entry,
    data_packets,
    entry1,
    entry2,
    recv_opening,
    request,
    send_opening,
)
from greenroom.agent.errors import Offline, PhoneError, Refused, plain
from greenroom.agent.phone_values import Progress

BLOCK = 1 << 20  # bytes read from a file at once
NAMES = 100_000  # entries of one folder
NO_SUCH_FILE = 2


@dataclass(frozen=True, slots=True)
class Files:
    """`features` are the phone's own: they choose the version of each packet."""

    host: Host
    phone: Attached
    name: str
    features: frozenset[str] = frozenset()

    async def push(
        self, source: Path | bytes, target: str, *, mode: int = 0o644, progress: Progress | None = None
    ) -> None:
        """Write a file; given up half way, the phone throws its part away."""
        modern = "sendrecv_v2" in self.features
        async with self._stream() as pipe:
            await pipe.write(send_opening(self._path(target), 0o100000 | mode, modern=modern))
            try:
                modified = await self._send(pipe, source, progress)
                await pipe.write(HEAD.pack(b"DONE", modified))
            except ConnectionError:
                await self._okay(pipe)  # it may have said why before it hung up
                raise
            await self._okay(pipe)

    async def pull(self, source: str, target: Path, *, progress: Progress | None = None) -> None:
        """Read a file; `target` is there whole or not at all."""
        total = (await self.stat(source)).size if progress else 0
        part = target.with_name(f".{target.name}.part")
        try:
            with part.open("wb") as file:
                async with contextlib.aclosing(self._receive(source)) as blocks:
                    async for block, done in blocks:
                        await asyncio.to_thread(file.write, block)
                        if progress:
                            progress(done, max(total, done))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    async def read(self, source: str, *, most: int = 16 << 20) -> bytes:
        """A small file's content; Refused when it is larger than `most`."""
        data = bytearray()
        async with contextlib.aclosing(self._receive(source)) as blocks:
            async for block, done in blocks:
                if done > most:
                    raise Refused(self.name, f"has more than {most} bytes in {source}: pull it as a file")
                data += block
        return bytes(data)

    async def stat(self, path: str) -> Entry:
        """Size, mode and time; Refused when there is no such file."""
        modern = "stat_v2" in self.features
        async with self._stream() as pipe:
            await pipe.write(request(b"STA2" if modern else b"STAT", self._path(path)))
            self._expect(await pipe.exactly(4), b"STA2" if modern else b"STAT")
            error, found = NO_SUCH_FILE, Entry(path, 0, 0, 0)
            if modern:
                error, found = entry2(path, await pipe.exactly(STAT2.size))
            else:
                found = entry1(path, await pipe.exactly(STAT1.size))
                error = 0 if found.mode else NO_SUCH_FILE
        if error:
            raise Refused(
                self.name, f"has no {path}" if error == NO_SUCH_FILE else f"keeps {path} closed: error {error}"
            )
        return found

    async def list(self, path: str) -> tuple[Entry, ...]:
        """What a folder holds, without . and ..; nothing for what is no folder."""
        modern = "ls_v2" in self.features
        found: list[Entry] = []
        async with self._stream() as pipe:
            await pipe.write(request(b"LIS2" if modern else b"LIST", self._path(path)))
            while len(found) < NAMES:
                kind = await pipe.exactly(4)
                packed = await pipe.exactly(STAT2.size if modern else STAT1.size)
                size = int.from_bytes(await pipe.exactly(4), "little")
                if kind == b"DONE":
                    break
                self._expect(kind, b"DNT2" if modern else b"DENT")
                name = (await pipe.exactly(min(size, PATH))).decode("utf-8", "surrogateescape")
                if name not in (".", ".."):
                    found.append(entry2(name, packed)[1] if modern else entry1(name, packed))
        return tuple(found)

    # -- one stream -----------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _stream(self) -> AsyncIterator[Pipe]:
        async with await self.host.open(self.phone, "sync:", name=self.name) as pipe:
            try:
                yield pipe
                with contextlib.suppress(ConnectionError):
                    await pipe.write(HEAD.pack(b"QUIT", 0))
            except (EOFError, ConnectionError) as error:
                raise Offline(
                    self.name, "lost its connection in the middle of a file: plug it in and repeat"
                ) from error

    async def _send(self, pipe: Pipe, source: Path | bytes, progress: Progress | None) -> int:
        if isinstance(source, bytes):
            await self._blocks(pipe, source, progress)
            return int(time.time())
        with source.open("rb") as file:
            about = os.fstat(file.fileno())
            done = 0
            while block := await asyncio.to_thread(file.read, BLOCK):
                await pipe.write(data_packets(memoryview(block)))
                done += len(block)
                if progress:
                    progress(done, max(about.st_size, done))
            return int(about.st_mtime) & 0xFFFFFFFF

    async def _blocks(self, pipe: Pipe, data: bytes, progress: Progress | None) -> None:
        view = memoryview(data)
        for at in range(0, len(view), BLOCK):
            await pipe.write(data_packets(view[at : at + BLOCK]))
            if progress:
                progress(min(at + BLOCK, len(view)), len(view))

    async def _receive(self, source: str) -> AsyncGenerator[tuple[memoryview, int], None]:
        room = bytearray(BLOCK + CHUNK)
        view = memoryview(room)
        filled = done = 0
        async with self._stream() as pipe:
            await pipe.write(recv_opening(self._path(source), modern="sendrecv_v2" in self.features))
            while True:
                kind, size = HEAD.unpack(await pipe.exactly(HEAD.size))
                if kind == b"DONE":
                    break
                if kind == b"FAIL":
                    raise await self._failure(pipe, size)
                self._expect(kind, b"DATA")
                if size > CHUNK:
                    raise Refused(self.name, f"sent a packet of {size} bytes, more than adb allows")
                if await pipe.fill(view[filled : filled + size]) < size:
                    raise EOFError
                filled += size
                done += size
                if filled >= BLOCK:
                    yield view[:filled], done
                    filled = 0
            if filled:
                yield view[:filled], done

    async def _okay(self, pipe: Pipe) -> None:
        kind, size = HEAD.unpack(await pipe.exactly(HEAD.size))
        if kind == b"FAIL":
            raise await self._failure(pipe, size)
        self._expect(kind, b"OKAY")

    async def _failure(self, pipe: Pipe, size: int) -> PhoneError:
        words = plain((await pipe.exactly(min(size, CHUNK))).decode("utf-8", "replace"))
        if "no space" in words.lower():
            return Refused(self.name, "has no room left: delete something on it, then repeat")
        return Refused(self.name, f"refused the file: {words}")

    def _expect(self, kind: bytes, wanted: bytes) -> None:
        if kind != wanted:
            raise Refused(self.name, f"answered {kind!r} where {wanted!r} belongs: its adb speaks another language")

    def _path(self, path: str) -> bytes:
        data = path.encode("utf-8", "surrogateescape")
        if not data or b"\0" in data or len(data) > PATH:
            raise Refused(self.name, f"has no such path: one to {PATH} bytes, none of them zero")
        return data
