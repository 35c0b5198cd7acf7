"""One size of one phone's picture: started when somebody looks, again when it breaks, ended after the last."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from typing import Any

from greenroom.agent.drivers.adb.scrcpy.control import reset_video
from greenroom.agent.drivers.adb.scrcpy.session import Session
from greenroom.agent.drivers.channel import State, Watch
from greenroom.agent.drivers.relay import Relay
from greenroom.agent.errors import HostBroken, Offline, PhoneError, Refused
from greenroom.agent.phone_values import Quality, VideoFrame
from greenroom.kit.errors import Problem

logger = logging.getLogger(__name__)

LINGER = 15.0  # seconds that it runs on without a reader: the next one sees a picture at once
LEAST_BACKLOG = 4  # frames that a slow reader may be behind, else those of half a second
HUNG, RARELY = 5.0, 60.0  # seconds without an awaited key frame until it begins anew, and at most
TRIES = 4  # failures in a row until its readers are told
BESIDE, PAUSE = 3, 1.0  # tries for a second session beside the first, and the seconds between them


class Live:
    """`start` begins a session on the phone, which may wake it; `awake` says whether its screen is on.

    `session` is there while one runs: input goes through it.
    """

    def __init__(
        self,
        start: Callable[[Quality], Awaitable[Session]],
        quality: Quality,
        watch: Watch,
        *,
        awake: Callable[[], Awaitable[bool]],
        linger: float = LINGER,
    ) -> None:
        self._start, self._quality, self._watch, self._awake, self._linger = start, quality, watch, awake, linger
        self._relay = Relay(self._ask_key, watch.clock, backlog=max(LEAST_BACKLOG, quality.fps // 2))
        self._task: asyncio.Task[None] | None = None
        self._open: dict[Session, Quality] = {}  # all that are not closed yet
        self._aside: set[asyncio.Task[None]] = set()
        self._tuned = asyncio.Event()  # another rate is wanted than that of the session
        self._settled = asyncio.Event()  # a session runs, or the try for one has failed
        self._leaving: asyncio.TimerHandle | None = None
        self._awaited: float | None = None  # since when a key frame is due
        self._hangs = 0  # in a row
        self.session: Session | None = None

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    async def frames(self) -> AsyncGenerator[VideoFrame, None]:
        """From a key frame on; the phone's error when it cannot go on."""
        self._run()
        try:
            with self._relay.join() as reader:
                async for frame in reader:
                    yield frame
        finally:
            self._leave()

    async def hold(self) -> Session | None:
        """The session, once it runs; None where it did not start. It lingers as if somebody had looked."""
        self._run()
        try:
            await self._settled.wait()
        finally:
            self._leave()
        return self.session

    def want_key(self) -> None:
        """A key frame soon, whether or not anything moves."""
        self._relay.want_key()

    def retune(self, quality: Quality) -> None:
        """Another rate from now on: scrcpy has to begin a new session for that, and the readers stay."""
        if quality != self._quality:
            self._quality = quality
            self._tuned.set()

    async def close(self) -> None:
        if self._leaving:
            self._leaving.cancel()
        task, self._task = self._task, None
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        for one in self._aside:
            one.cancel()
        await asyncio.gather(*self._aside, return_exceptions=True)
        await asyncio.gather(*(self._end(session) for session in list(self._open)))
        self._relay.end()

    # -- the loop -------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        if self._leaving:
            self._leaving.cancel()
            self._leaving = None
        if not self.running:
            self._settled.clear()
            self._task = asyncio.ensure_future(self._keep_going())

    async def _keep_going(self) -> None:
        try:
            while True:
                error = await self._once()
                self._watch.say("video", State.DOWN, error.detail)
                health = self._watch.channels.video
                if isinstance(error, Offline | HostBroken) or health.failures >= TRIES:
                    self._relay.end(error)
                    return
                await asyncio.sleep(health.pause())
        except Exception as error:
            logger.exception("the video of a phone broke")
            self._relay.end(error)
        finally:
            self._settled.set()

    async def _once(self) -> Problem:
        """From the start of a session to what ended it or one that followed it at another rate."""
        try:
            self._tuned.clear()
            session = await self._begin()
            self._settled.set()
            while True:
                session = await self._until_next(session)
        except (PhoneError, HostBroken) as error:
            self._settled.set()
            return error

    async def _until_next(self, session: Session) -> Session:
        """Play it until one with the wanted rate runs beside it: what is pressed meanwhile still has its way."""
        self.session = session
        self._relay.forget()
        self._awaited = self._watch.clock()
        playing, hanging = asyncio.ensure_future(self._play(session)), asyncio.ensure_future(self._hung())
        following = asyncio.ensure_future(self._next(session))
        followed = False
        try:
            await asyncio.wait((playing, hanging, following), return_when=asyncio.FIRST_COMPLETED)
            if hanging.done():
                self._hangs += 1
                raise Refused(session.name, "sends no picture though it was asked to: its video is begun anew")
            if playing.done():
                await playing
                raise Offline(session.name, "ended its video")
            after = following.result()
            followed = True
            return after
        finally:
            # Nothing is awaited here, so that no cancel comes between: each session is left to a task, or to `close`.
            for one in (playing, hanging, following):
                one.cancel()
            self._follow(_ended(playing, hanging, following))
            self._follow(self._end(session, late=followed))
            if not followed:
                self.session = None
                if following.done() and not following.cancelled() and not following.exception():
                    self._follow(self._end(following.result()))

    async def _begin(self) -> Session:
        quality = self._quality
        session = await self._start(quality)
        self._open[session] = quality
        return session

    async def _end(self, session: Session, *, late: bool = False) -> None:
        await (session.retire() if late else session.close())
        self._open.pop(session, None)

    async def _next(self, session: Session) -> Session:
        """One with another rate, once that is wanted; Refused by a phone that runs no second one beside the first."""
        failures = 0
        while True:
            await self._tuned.wait()
            self._tuned.clear()
            if self._quality == self._open[session]:
                continue
            try:
                return await self._begin()
            except (PhoneError, HostBroken) as error:
                failures += 1
                if failures >= BESIDE:
                    raise Refused(session.name, f"begins its video anew for another rate: {error.detail}") from error
                logger.info("a picture stays at its rate: %s", error.detail)
                await asyncio.sleep(PAUSE)
                self._tuned.set()

    async def _play(self, session: Session) -> None:
        async with contextlib.aclosing(session.frames()) as frames:
            async for frame in frames:
                if frame.number == 0:
                    self._watch.say("video", State.UP)
                if frame.key:
                    self._awaited = None
                    self._hangs = self._hangs if frame.number == 0 else 0  # the first one proves nothing
                self._relay.put(frame)

    async def _hung(self) -> None:
        """Return when a key frame is overdue, longer each time in a row. A phone that sleeps sends none."""
        patience = min(RARELY, HUNG * 2**self._hangs)
        while True:
            since = self._watch.clock() if self._awaited is None else self._awaited
            left = since + patience - self._watch.clock()
            if left <= 0:
                with contextlib.suppress(PhoneError, HostBroken, TimeoutError):
                    async with asyncio.timeout(HUNG):
                        if await self._awake():
                            return
                self._awaited = self._watch.clock()
            await asyncio.sleep(HUNG / 10)

    def _leave(self) -> None:
        if self._relay.readers == 0:
            if self._leaving:
                self._leaving.cancel()
            self._leaving = asyncio.get_running_loop().call_later(self._linger, self._end_if_alone)

    def _end_if_alone(self) -> None:
        self._leaving = None
        if self._relay.readers == 0 and self._task:
            self._task.cancel()
            self._task = None
            self._watch.say("video", State.OFF)

    def _ask_key(self) -> None:
        if self.session and self.session.size != (0, 0):
            self._awaited = self._awaited or self._watch.clock()
            self._follow(self._send_reset(self.session))

    def _follow(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _send_reset(self, session: Session) -> None:
        with contextlib.suppress(PhoneError):
            await session.send(reset_video())


async def _ended(*tasks: asyncio.Task[Any]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)
