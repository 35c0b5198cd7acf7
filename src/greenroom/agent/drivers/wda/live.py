"""An iPhone's one MJPEG for all who look at it, in the best quality that one of them asks for."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

from greenroom.agent.drivers.channel import State, Watch
from greenroom.agent.drivers.relay import Relay
from greenroom.agent.errors import PhoneError
from greenroom.agent.phone_values import THUMBNAIL, Quality, Size, VideoFrame
from greenroom.kit.errors import Problem

LINGER = 2.0  # seconds that it runs on without a reader
SHARP, PLAIN = 45, 30  # JPEG's quality, out of 100
MOST_FPS = 20  # more of them makes the phone hot, and its answers late
LEAST_SCALE, MOST_SCALE = 10, 100  # percent

Settings = dict[str, object]


class Mjpeg:
    """`open` gives its pictures, `tune` tells the phone the settings; `seen` is the newest picture's size."""

    def __init__(
        self,
        open_pictures: Callable[[], AsyncGenerator[VideoFrame, None]],
        tune: Callable[[Quality], Awaitable[None]],
        watch: Watch,
    ) -> None:
        self._open, self._tune, self._watch = open_pictures, tune, watch
        self._relay = Relay(lambda: None, watch.clock, backlog=1)  # each picture is whole: the newest is enough
        self._wanted: list[Quality] = []
        self._rates: dict[int, int] = {}
        self._tuned: Quality | None = None
        self._task: asyncio.Task[None] | None = None
        self._tuning: asyncio.Task[None] | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self.seen: Size | None = None

    async def frames(self, quality: Quality) -> AsyncGenerator[VideoFrame, None]:
        """At most at this quality's rate, until it is closed; the phone's error when there are none to be had."""
        self._wanted.append(quality)
        self._run()
        due = self._watch.clock()
        try:
            with self._relay.join() as reader:
                async for frame in reader:
                    if (now := self._watch.clock()) >= due:
                        rate = self._rates.get(quality.longest, quality.fps)
                        due = max(due + 0.9 / rate, now + 0.5 / rate)
                        yield frame
        finally:
            self._wanted.remove(quality)
            self._leave()

    def retune(self, quality: Quality) -> None:
        """Those who look in this size get so many pictures a second from now on."""
        self._rates[quality.longest] = quality.fps
        self._retune()

    async def close(self) -> None:
        if self._leaving:
            self._leaving.cancel()
        tasks = [task for task in (self._task, self._tuning) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._relay.end()

    def _run(self) -> None:
        if self._leaving:
            self._leaving.cancel()
            self._leaving = None
        if self._task is None or self._task.done():
            self._tuned = None
            self._task = asyncio.ensure_future(self._play())
        self._retune()

    def _retune(self) -> None:
        """Never waited for: a phone that does not take its settings shows a picture all the same."""
        rated = [replace(one, fps=self._rates.get(one.longest, one.fps)) for one in self._wanted]
        best = max(rated, key=lambda one: (one.longest, one.fps), default=None)
        if best is not None and best != self._tuned and (self._tuning is None or self._tuning.done()):
            self._tuned = best
            self._tuning = asyncio.ensure_future(self._tell(best))

    async def _tell(self, quality: Quality) -> None:
        with contextlib.suppress(PhoneError):
            await self._tune(quality)
        asyncio.get_running_loop().call_soon(self._retune)  # another one may have come meanwhile

    async def _play(self) -> None:
        try:
            async with contextlib.aclosing(self._open()) as pictures:
                async for frame in pictures:
                    self.seen = frame.size
                    self._relay.put(frame)
            self._relay.end()
        except Problem as error:
            self._relay.end(error)
        finally:
            self.seen = None

    def _leave(self) -> None:
        if self._wanted:
            self._retune()
            return
        if self._leaving:
            self._leaving.cancel()
        self._leaving = asyncio.get_running_loop().call_later(LINGER, self._end_if_alone)

    def _end_if_alone(self) -> None:
        self._leaving = None
        if not self._wanted and self._task:
            self._task.cancel()
            self._task = None
            self._watch.say("video", State.OFF)


def live_settings(quality: Quality, screen: Size) -> Settings:
    """What WebDriverAgent has to be told for a picture of this quality; `screen` in the phone's own pixels."""
    scale = round(100 * quality.longest / max(screen)) if quality.longest and max(screen) else MOST_SCALE
    return {
        "mjpegServerFramerate": min(quality.fps, MOST_FPS),
        "mjpegScalingFactor": min(max(scale, LEAST_SCALE), MOST_SCALE),
        "mjpegServerScreenshotQuality": SHARP if quality.longest > THUMBNAIL.longest else PLAIN,
    }
