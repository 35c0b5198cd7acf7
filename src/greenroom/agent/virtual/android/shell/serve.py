"""The services `shell:`, `shell,v2:` and `exec:`: a line or an interactive shell on a stream.

Version 2 wraps everything in packets (one byte of kind, four of length): standard input, output and error apart, the
size of the window, the exit code. Version 1 and `exec` are bare bytes.
"""

import asyncio
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from greenroom.agent.virtual.android.shell.run import Ended, Nowhere, Shell, Sink, Source, run_line
from greenroom.agent.virtual.android.stream import Stream

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN, WINDOW = range(6)
HEAD = struct.Struct("<BI")
LINE_MOST = 1 << 20
CTRL_C, CTRL_D, DELETE = 3, 4, 127


@dataclass(slots=True)
class Fed:
    """Standard input that is fed from outside."""

    held: bytearray = field(default_factory=bytearray)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def feed(self, data: bytes) -> None:
        self.held += data
        self.more.set()

    def end(self) -> None:
        self.ended = True
        self.more.set()

    async def read(self, most: int = 1 << 16) -> bytes:
        while not self.held and not self.ended:
            self.more.clear()
            await self.more.wait()
        part = bytes(self.held[:most])
        del self.held[:most]
        return part


@dataclass(frozen=True, slots=True)
class Packets:
    """Output in version 2's packets."""

    stream: Stream
    kind: int

    async def write(self, data: bytes | bytearray | memoryview) -> None:
        if len(data):
            await self.stream.write(HEAD.pack(self.kind, len(data)) + data)


@dataclass(frozen=True, slots=True)
class Terminal:
    """Output as a terminal gets it: each line ends with a return too."""

    sink: Sink

    async def write(self, data: bytes | bytearray | memoryview) -> None:
        await self.sink.write(bytes(data).replace(b"\n", b"\r\n"))


async def serve_bare(device: "Android", stream: Stream, line: str, *, prompt: bool) -> None:
    """Version 1 and `exec`: both outputs on one stream, no exit code."""
    shell = Shell(device, stream, stream, stream)
    if line:
        await run_line(shell, line, until=stream.gone)
    else:
        await _interactive(shell, stream, stream, prompt=prompt, until=stream.gone)


async def serve_packets(device: "Android", stream: Stream, line: str, *, prompt: bool) -> None:
    """Version 2; the exit code comes last."""
    stdin = Fed()
    stdout, stderr = Packets(stream, STDOUT), Packets(stream, STDOUT if prompt else STDERR)
    feeding = asyncio.ensure_future(_feed(device, stream, stdin))
    try:
        shell = Shell(device, stdin, stdout, stderr)
        if line:
            code = await run_line(shell, line, until=stream.gone)
        else:
            code = await _interactive(shell, stdin, stdout, prompt=prompt, until=stream.gone)
        await stream.write(HEAD.pack(EXIT, 1) + bytes([code & 0xFF]))
    finally:
        feeding.cancel()


async def _feed(device: "Android", stream: Stream, stdin: Fed) -> None:
    try:
        while True:
            kind, length = HEAD.unpack(await stream.exactly(HEAD.size))
            data = await stream.exactly(length)
            if kind == STDIN:
                stdin.feed(data)
            elif kind == CLOSE_STDIN:
                stdin.end()
            elif kind == WINDOW:
                device.window = data.rstrip(b"\0").decode("ascii", "replace")
    except asyncio.IncompleteReadError:
        stdin.end()


async def _interactive(shell: Shell, stdin: Source, stdout: Sink, *, prompt: bool, until: asyncio.Event) -> int:
    """Lines until `exit` or the end; with a terminal they are echoed and a prompt is shown."""
    terminal: Sink = stdout if prompt else Nowhere()
    if prompt:
        shell.base.stdout = shell.base.stderr = Terminal(stdout)
    line = bytearray()
    await terminal.write(_prompt(shell))
    while data := await stdin.read():
        for byte in data:
            if byte in b"\r\n":
                await terminal.write(b"\r\n")
                text = line.decode("utf-8", "surrogateescape")
                line.clear()
                try:
                    await _one(shell, text, until)
                except Ended as ended:
                    return ended.code
                await terminal.write(_prompt(shell))
            elif prompt and byte == CTRL_D and not line:
                return shell.code
            elif prompt and byte == CTRL_C:
                line.clear()
                await terminal.write(b"^C\r\n" + _prompt(shell))
            elif prompt and byte in (DELETE, 8):
                if line:
                    line.pop()
                    await terminal.write(b"\b \b")
            elif len(line) < LINE_MOST:
                line.append(byte)
                await terminal.write(bytes([byte]))
    if line:
        await _one(shell, line.decode("utf-8", "surrogateescape"), until)
    return shell.code


async def _one(shell: Shell, text: str, until: asyncio.Event) -> None:
    task = asyncio.ensure_future(shell.line(text))
    gone = asyncio.ensure_future(until.wait())
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        task.cancel()
        gone.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


def _prompt(shell: Shell) -> bytes:
    return f"{shell.device.properties().get('ro.product.device', 'generic')}:{shell.base.folder} $ ".encode()
