"""One run of scrcpy's server on one phone: its video as frames, its control socket, its log's last words."""

import asyncio
import contextlib
import itertools
import secrets
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from typing import Any

from greenroom.agent.drivers.adb.pipe import Pipe
from greenroom.agent.drivers.adb.scrcpy import control
from greenroom.agent.drivers.adb.scrcpy.demux import META, BadStream, Demux, read_meta
from greenroom.agent.drivers.adb.scrcpy.options import socket_name, start_line
from greenroom.agent.drivers.adb.scrcpy.replies import Clipboard, Receipt, Replies
from greenroom.agent.drivers.adb.scrcpy.sps import BadSps, read_sps
from greenroom.agent.drivers.adb.shell import Shell, ShellReader
from greenroom.agent.errors import Offline, Refused, plain
from greenroom.agent.phone_values import Quality, Size, VideoFrame

NAME = 64  # bytes of the phone's name on the first socket
STARTING = 10.0  # seconds until its first socket answers
LOG = 20  # lines kept
LAST_WORDS = 0.3  # seconds that its log may come after its video ended
CARRIED = 0.5  # seconds that an input takes at most from here into the phone
LEAVE = 15.0  # seconds that a session which another one follows waits for what is still being done on it


class Session:
    """Open it with `start`. Touches carry the size of the frame they were made on; `size` is the newest frame's."""

    def __init__(self, shell: Shell, server: Pipe) -> None:
        self._shell, self._server = shell, server
        self._video: Pipe
        self._control: Pipe
        self._pipes = [server]
        self._log: deque[str] = deque(maxlen=LOG)
        self._over = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._sequence = itertools.count(1)
        self._receipts: dict[int, asyncio.Future[None]] = {}
        self._clipboards: list[asyncio.Future[str]] = []
        self._works: list[Callable[[], bytes]] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self.size: Size = (0, 0)
        self.codec = ""
        self.name = shell.name

    @classmethod
    async def start(cls, shell: Shell, place: str, version: str, quality: Quality) -> "Session":
        """Start the server that lies at `place` and connect to it, video first, then control."""
        scid = secrets.randbits(31)
        line = start_line(place, version, scid, quality, phone=shell.name)
        session = cls(shell, await shell.start(line))
        try:
            session._follow(session._read_log())
            async with asyncio.timeout(STARTING):
                await session._connect(f"localabstract:{socket_name(scid)}")
        except TimeoutError as error:
            await session.close()
            raise session._failure("did not start its video") from error
        except BaseException:
            await session.close()
            raise
        session._follow(session._read_replies())
        return session

    async def frames(self) -> AsyncGenerator[VideoFrame, None]:
        """Every frame, for one reader; Offline or Refused when the stream breaks, nothing when it is closed."""
        demux, config = Demux(), b""
        number = itertools.count()
        while True:
            try:
                data = await self._video.some()
            except OSError as error:
                raise Offline(self._shell.name, "lost its video: check its cable or its network") from error
            if not data:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._over.wait(), LAST_WORDS)
                raise self._failure("ended its video")
            try:
                packets = demux.feed(data)
            except BadStream as error:
                raise Refused(self._shell.name, f"sent a video that cannot be read: {error}") from error
            for packet in packets:
                if packet.config:
                    config = packet.data
                    self._learn(config)
                    continue
                data = config + packet.data if packet.key else packet.data
                yield VideoFrame(self.codec, self.size, packet.key, packet.moment, next(number), data)

    async def send(self, message: bytes) -> None:
        """One or more control messages; Offline when the server is gone."""
        if self.over:
            raise Offline(self._shell.name, "takes no input just now: its connection is being made again")
        try:
            await self._control.write(message)
        except OSError as error:
            raise Offline(self._shell.name, "lost its input: check its cable or its network") from error

    @contextlib.contextmanager
    def at_work(self, lift: Callable[[], bytes] = bytes) -> Iterator[None]:
        """Around what takes several messages; `lift` says what takes the finger up again if the session ends before."""
        self._works.append(lift)
        self._idle.clear()
        try:
            yield
        finally:
            self._works.remove(lift)
            if not self._works:
                self._idle.set()

    async def put_on_clipboard(self, text: str, *, paste: bool) -> None:
        """Return when the phone has said that it is there, and pasted if so wished."""
        number = next(self._sequence)
        receipt = self._receipts[number] = asyncio.get_running_loop().create_future()
        try:
            with self.at_work():
                await self.send(control.set_clipboard(number, text, paste=paste))
                await receipt
        finally:
            self._receipts.pop(number, None)

    async def read_clipboard(self) -> str:
        """Its text; the phone says nothing where there is none, so bound it."""
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._clipboards.append(answer)
        try:
            with self.at_work():
                await self.send(control.get_clipboard())
                return await answer
        finally:
            if answer in self._clipboards:
                self._clipboards.remove(answer)

    @property
    def over(self) -> bool:
        return self._over.is_set()

    async def ended(self) -> None:
        """Return once it is over, for whatever reason."""
        await self._over.wait()

    async def retire(self) -> None:
        """End it once what was begun on it is done; nothing new is to be begun."""
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LEAVE):
                    await asyncio.sleep(CARRIED)
                    await self._idle.wait()
        finally:
            await self.close()

    async def close(self) -> None:
        """End it, with every finger lifted; the server on the phone sees its sockets close and ends."""
        begun = not self.over
        self._over.set()
        if begun and (up := b"".join(lift() for lift in self._works)):
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(CARRIED):
                    await self._control.write(up)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for pipe in self._pipes:
            pipe.close()
        self._fail_waiting()

    # -- connecting -----------------------------------------------------------------------------------------------

    async def _connect(self, service: str) -> None:
        self._video = await self._first(service)
        self._pipes.append(self._video)
        self._control = await self._shell.host.open(self._shell.phone, service, name=self._shell.name)
        self._pipes.append(self._control)
        try:
            await self._video.exactly(NAME)
            self.size = read_meta(await self._video.exactly(META.size))
        except BadStream as error:
            raise Refused(self._shell.name, f"sends a video that cannot be shown: {error}") from error
        except (EOFError, OSError) as error:
            raise self._failure("ended its video at once") from error

    async def _first(self, service: str) -> Pipe:
        """The first socket, once somebody behind it says so with one zero byte."""
        while not self.over:
            with contextlib.suppress(Refused, EOFError, OSError):
                pipe = await self._shell.host.open(self._shell.phone, service, name=self._shell.name)
                try:
                    if await pipe.exactly(1) == b"\0":
                        return pipe
                except BaseException:
                    pipe.close()
                    raise
                pipe.close()
            await asyncio.sleep(0.05)
        raise self._failure("did not start its video")

    # -- reading --------------------------------------------------------------------------------------------------

    def _follow(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _read_log(self) -> None:
        """Its words until it ends; whoever waits for it is told then."""
        reader = ShellReader()
        try:
            while data := await self._server.some():
                for _, part in reader.feed(data):
                    self._log.extend(
                        plain(line) for line in part.decode("utf-8", "replace").splitlines() if line.strip()
                    )
        except (OSError, ValueError):
            pass
        finally:
            self._over.set()

    async def _read_replies(self) -> None:
        replies = Replies()
        try:
            while data := await self._control.some():
                for reply in replies.feed(data):
                    self._answer(reply)
        except (OSError, BadStream):
            pass
        finally:
            self._fail_waiting()

    def _answer(self, reply: Clipboard | Receipt) -> None:
        if isinstance(reply, Receipt):
            waiting = self._receipts.get(reply.sequence)
            if waiting and not waiting.done():
                waiting.set_result(None)
            return
        answers, self._clipboards = self._clipboards, []
        for answer in answers:
            if not answer.done():
                answer.set_result(reply.text)

    def _fail_waiting(self) -> None:
        error = Offline(self._shell.name, "ended its session before it answered: try again")
        waits: list[asyncio.Future[None] | asyncio.Future[str]] = [*self._receipts.values(), *self._clipboards]
        for waiting in waits:
            if not waiting.done():
                waiting.set_exception(error)

    def _learn(self, config: bytes) -> None:
        """Size and codec of a new configuration; the phone was turned when they changed."""
        with contextlib.suppress(BadSps):
            sps = read_sps(config)
            self.size, self.codec = (sps.width, sps.height), sps.codec

    def _failure(self, says: str) -> Refused:
        words = next((line for line in reversed(self._log) if "ERROR" in line or "xception" in line), "")
        words = words or (self._log[-1] if self._log else "")
        return Refused(self._shell.name, f"{says}: {words}" if words else f"{says}, and gave no reason: try again")
