"""Commands on the phone: the shell protocol of version 2 with exit code and a separate error stream."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from greenroom.agent.drivers.adb.host import Attached, Host
from greenroom.agent.drivers.adb.pipe import Pipe
from greenroom.agent.drivers.adb.quote import command
from greenroom.agent.errors import Offline, Refused, plain

STDIN, STDOUT, STDERR, EXIT, CLOSE = 0, 1, 2, 3, 4
HEADER = struct.Struct("<BI")
MOST = 32 << 20  # bytes of one command's answer
PACKET = 4 << 20  # bytes of one packet; phones send at most 1 MiB
MARK = "greenroom-exit:"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: exit code and both streams."""

    code: int
    out: bytes
    error: bytes

    @property
    def text(self) -> str:
        return self.out.decode("utf-8", "replace")

    @property
    def words(self) -> str:
        """What it complained of, else what it said."""
        return plain((self.error or self.out).decode("utf-8", "replace"))


@dataclass(slots=True)
class ShellReader:
    """Packets out of a byte stream, however it is cut; ValueError for what cannot be one."""

    _rest: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        self._rest += data
        at = 0
        while len(self._rest) - at >= HEADER.size:
            kind, size = HEADER.unpack_from(self._rest, at)
            if kind > 5 or size > PACKET:
                raise ValueError(f"no shell packet: kind {kind}, {size} bytes")
            if len(self._rest) - at - HEADER.size < size:
                break
            at += HEADER.size + size
            yield kind, bytes(self._rest[at - size : at])
        del self._rest[:at]


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs commands on one attached phone; `modern` when it has shell_v2."""

    host: Host
    phone: Attached
    name: str
    modern: bool = True

    async def run(self, *words: str, variables: Mapping[str, str] | None = None) -> Done:
        """Run one command and wait for its end, whatever it answers."""
        return await self.line(command(words, phone=self.name, variables=variables))

    async def check(self, *words: str) -> str:
        """The output of a command; Refused with the phone's words when it fails."""
        done = await self.run(*words)
        if done.code != 0:
            raise Refused(self.name, f"refused {words[0]}: {done.words or f'it ended with {done.code}'}")
        return done.text

    async def line(self, line: str) -> Done:
        """Run a line that is quoted already."""
        try:
            return await (self._modern(line) if self.modern else self._old(line))
        except (EOFError, ConnectionError) as error:
            raise Offline(self.name, "lost its connection in the middle: check its cable or its network") from error
        except ValueError as error:
            raise Refused(self.name, f"answered what cannot be read: {error}") from error

    async def exec(self, line: str) -> Pipe:
        """The raw streams of a line that is quoted already: no exit code, nothing translated."""
        return await self.host.open(self.phone, f"exec:{line}", name=self.name)

    async def start(self, line: str) -> Pipe:
        """A line that goes on running, as packets for a ShellReader; it ends with the pipe."""
        service = f"shell,v2,raw:{line}" if self.modern else f"shell:{line}"
        return await self.host.open(self.phone, service, name=self.name)

    async def _modern(self, line: str) -> Done:
        reader = ShellReader()
        found: dict[int, list[bytes]] = {STDOUT: [], STDERR: []}
        size = 0
        async with await self.host.open(self.phone, f"shell,v2,raw:{line}", name=self.name) as pipe:
            while data := await pipe.some():
                size += len(data)
                if size > MOST:
                    raise ValueError(f"more than {MOST} bytes")
                for kind, part in reader.feed(data):
                    if kind == EXIT:
                        return Done(part[0] if part else 0, b"".join(found[STDOUT]), b"".join(found[STDERR]))
                    if kind in found:
                        found[kind].append(part)
        raise EOFError("no exit code came")

    async def _old(self, line: str) -> Done:
        """Before Android 7: one stream, the exit code written behind it."""
        async with await self.exec(f"{line}\necho {MARK}$?") as pipe:
            out, mark, code = (await pipe.rest(MOST)).rpartition(MARK.encode())
        if not mark or not code.strip().isdigit():
            raise EOFError("no exit code came")
        return Done(int(code), out, b"")
