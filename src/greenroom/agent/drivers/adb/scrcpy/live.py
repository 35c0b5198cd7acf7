"""One quality of one phone's picture: started when somebody looks, again when it breaks, ended after the last."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable

from greenroom.agent.drivers.adb.scrcpy.control import reset_video
from greenroom.agent.drivers.adb.scrcpy.session import Session
from greenroom.agent.drivers.channel import State, Watch
from greenroom.agent.drivers.relay import Relay
from greenroom.agent.errors import HostBroken, Offline, PhoneError
from greenroom.agent.phone_values import VideoFrame
from greenroom.kit.errors import Problem

logger = logging.getLogger(__name__)

LINGER = 15.0  # seconds that it runs on without a reader: the next one sees a picture at once
TRIES = 4  # failures in a row until its readers are told


class Live:
    """`start` begins a session on the phone. `session` is there while one runs: input goes through it."""

    def __init__(self, start: Callable[[], Awaitable[Session]], watch: Watch, *, linger: float = LINGER) -> None:
        self._start, self._watch, self._linger = start, watch, linger
        self._relay = Relay(self._ask_key, watch.clock)
        self._task: asyncio.Task[None] | None = None
        self._asking: set[asyncio.Task[None]] = set()
        self._settled = asyncio.Event()  # a session runs, or the try for one has failed
        self._leaving: asyncio.TimerHandle | None = None
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
        await self._settled.wait()
        self._leave()
        return self.session

    async def close(self) -> None:
        if self._leaving:
            self._leaving.cancel()
        task, self._task = self._task, None
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
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
        """One session from its start to what ended it."""
        session = None
        try:
            session = self.session = await self._start()
            self._settled.set()
            self._relay.forget()
            async with contextlib.aclosing(session.frames()) as frames:
                async for frame in frames:
                    if frame.number == 0:
                        self._watch.say("video", State.UP)
                    self._relay.put(frame)
            return Offline(session.name, "ended its video")
        except (PhoneError, HostBroken) as error:
            return error
        finally:
            self.session = None
            self._settled.set()
            if session:
                await session.close()

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
            task = asyncio.ensure_future(self._send_reset(self.session))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)

    async def _send_reset(self, session: Session) -> None:
        with contextlib.suppress(PhoneError):
            await session.send(reset_video())
