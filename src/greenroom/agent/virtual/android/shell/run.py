"""The phone's shell: runs a line's pipelines one after another and answers with the last exit code."""

import asyncio
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from greenroom.agent.virtual.android.disk import NoSuchPath, NotAllowed
from greenroom.agent.virtual.android.shell.parse import ASSIGNMENT, BadSyntax, Pipeline, Simple, Word, parse
from greenroom.agent.virtual.contracts import Refused

if TYPE_CHECKING:
    from greenroom.agent.virtual.android.device import Android

VARIABLE = re.compile(r"\0\$|\$(\?|\$|#|[A-Za-z_]\w*|\{[A-Za-z_]\w*\})")


class Source(Protocol):
    async def read(self, most: int = 1 << 16) -> bytes:
        """What is there; nothing at the end."""


class Sink(Protocol):
    async def write(self, data: bytes | bytearray | memoryview) -> None: ...


@dataclass(slots=True)
class Held:
    """Bytes in memory as a source and as a sink."""

    data: bytearray = field(default_factory=bytearray)

    async def read(self, most: int = 1 << 16) -> bytes:
        part = bytes(self.data[:most])
        del self.data[:most]
        return part

    async def write(self, data: bytes | bytearray | memoryview) -> None:
        self.data += data


class Nowhere:
    async def read(self, most: int = 1 << 16) -> bytes:
        return b""

    async def write(self, data: bytes | bytearray | memoryview) -> None:
        pass


@dataclass(slots=True)
class Run:
    """A command at work: its words, where it reads and writes, and the phone it runs on."""

    device: "Android"
    stdin: Source
    stdout: Sink
    stderr: Sink
    words: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    folder: str = "/"

    @property
    def name(self) -> str:
        return self.words[0]

    @property
    def arguments(self) -> list[str]:
        return self.words[1:]

    def path(self, name: str) -> str:
        return self.device.disk.resolve(name, self.folder)

    async def say(self, text: str) -> None:
        await self.stdout.write(text.encode("utf-8", "surrogateescape"))

    async def complain(self, text: str) -> None:
        await self.stderr.write(text.encode("utf-8", "surrogateescape"))


class Ended(Exception):
    """`exit` was said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Shell:
    """One shell: its variables, folder and last exit code live as long as it does."""

    def __init__(self, device: "Android", stdin: Source, stdout: Sink, stderr: Sink) -> None:
        self.device = device
        self.code = 0
        self.base = Run(device, stdin, stdout, stderr, variables=dict(device.environment()))

    async def line(self, text: str) -> int:
        """Run a line or a whole script; 1 on a syntax error, as sh."""
        try:
            pipelines = parse(text)
        except BadSyntax as error:
            await self.base.complain(f"/system/bin/sh: {error}\n")
            self.code = 1
            return self.code
        for one in pipelines:
            if (one.joint == "&&" and self.code) or (one.joint == "||" and not self.code):
                continue
            if one.background:
                self.device.background(self._pipeline(one))
                self.code = 0
            else:
                self.code = await self._pipeline(one)
        return self.code

    async def _pipeline(self, pipeline: Pipeline) -> int:
        code, source = 0, self.base.stdin
        for at, command in enumerate(pipeline.commands):
            last = at == len(pipeline.commands) - 1
            sink: Sink = self.base.stdout if last else Held()
            code = await self._simple(command, source, sink)
            source = sink if isinstance(sink, Held) else source
        return code

    async def _simple(self, command: Simple, source: Source, sink: Sink) -> int:
        words = [text for word in command.words for text in self._expand(word)]
        variables = self.base.variables
        while words and ASSIGNMENT.match(words[0]):
            name, _, value = words.pop(0).partition("=")
            variables = variables if not words else dict(variables)
            variables[name] = value
        run = replace(self.base, stdin=source, stdout=sink, words=words, variables=variables)
        files: list[tuple[str, Held, bool]] = []
        try:
            await self._redirect(command, run, files)
            code = await self._call(run) if words else 0
        except (NoSuchPath, NotAllowed) as error:
            await run.complain(f"/system/bin/sh: {error}\n")
            code = 1
        for path, held, add in files:
            self.device.disk.write(path, self.device.disk.read(path) + held.data if add else bytes(held.data))
        if words and words[0] == "cd":
            self.base.folder = run.folder
        return code

    async def _call(self, run: Run) -> int:
        if run.name == "exit":
            raise Ended(int(run.words[1]) if run.words[1:2] and run.words[1].isdigit() else self.code)
        command = self.device.command(run.name)
        if command is None:
            await run.complain(f"/system/bin/sh: {run.name}: inaccessible or not found\n")
            return 127
        try:
            return await command(run)
        except (NoSuchPath, NotAllowed) as error:
            await run.complain(f"{run.name}: {error}\n")
        except Refused as error:
            await run.complain(f"{error}\n")
        except (IndexError, ValueError) as error:
            await run.complain(f"Error: Invalid arguments: {' '.join(run.words)} ({error})\n")
        return 1

    async def _redirect(self, command: Simple, run: Run, files: list[tuple[str, Held, bool]]) -> None:
        for one in command.redirections:
            target = "".join(self._expand(one.target))
            if one.kind == ">&":
                if one.number == 2 and target == "1":
                    run.stderr = run.stdout
                elif one.number == 1 and target == "2":
                    run.stdout = run.stderr
            elif one.kind == "<":
                run.stdin = Held(bytearray(self.device.disk.read(run.path(target))))
            else:
                sink: Sink = Nowhere()
                if target != "/dev/null":
                    sink = Held()
                    path = run.path(target)
                    self.device.disk.check_writable(path)
                    files.append((path, sink, one.kind == ">>" and self.device.disk.is_file(path)))
                if one.number == 2:
                    run.stderr = sink
                else:
                    run.stdout = sink

    def _expand(self, word: Word) -> list[str]:
        text = "".join(self._value(part.text) if part.live else part.text for part in word)
        if any(part.bare and set(part.text) & set("*?") for part in word):
            return self.device.disk.matching(text, self.base.folder) or [text]
        if not text and all(part.bare for part in word):
            return []
        return [text]

    def _value(self, text: str) -> str:
        def put(match: re.Match[str]) -> str:
            name = (match[1] or "").strip("{}")
            if not name:
                return "$"
            if name == "?":
                return str(self.code)
            return "4242" if name == "$" else "0" if name == "#" else self.base.variables.get(name, "")

        return VARIABLE.sub(put, text)


async def run_line(shell: Shell, text: str, *, until: asyncio.Event | None = None) -> int:
    """The exit code of a line; cut short as by SIGHUP once `until` is set."""
    task = asyncio.ensure_future(shell.line(text))
    gone = asyncio.ensure_future(until.wait()) if until else None
    try:
        await asyncio.wait({task, gone} if gone else {task}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            return 129
        return task.result()
    except Ended as ended:
        return ended.code
    finally:
        for one in (task, gone):
            if one:
                one.cancel()
        await asyncio.gather(task, *([gone] if gone else []), return_exceptions=True)
