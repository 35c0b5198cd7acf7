"""One iPhone, brought up step by step and kept up; what its runner needs lives and ends with it."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any

import httpx

from greenroom.agent.errors import HostBroken, plain
from greenroom.agent.iphones import steps
from greenroom.agent.iphones.forward import Forward
from greenroom.agent.iphones.goios import FETCHING, GoIos
from greenroom.agent.iphones.notes import Note
from greenroom.agent.iphones.pace import Pace
from greenroom.agent.iphones.steps import PERSON, Readiness, Step, Stuck
from greenroom.agent.iphones.tunnel import Tunnels
from greenroom.agent.iphones.usbmux import Attached, Mux

log = logging.getLogger(__name__)

WDA, MJPEG = 8100, 9100
"""WebDriverAgent's own ports on the iPhone, unless it is told otherwise (USE_PORT, MJPEG_SERVER_PORT)."""
MISSES = 3  # questions without an answer in a row before WebDriverAgent is started anew
XCTEST = "WebDriverAgentRunner.xctest"


class Ladder:
    """`told` is called whenever `readiness` changed. `bundle` is WebDriverAgent's, `version` that of iOS.

    `gone` is set when it is unplugged, or restarts.
    """

    def __init__(
        self, phone: Attached, goios: GoIos, mux: Mux, tunnels: Tunnels, *, pace: Pace, told: Callable[[], None]
    ) -> None:
        self.phone, self.readiness, self.name = phone, Readiness(), f"iPhone {phone.udid[-4:]}"
        self._goios, self._tunnels, self._pace, self._told = goios, tunnels, pace, told
        self._wda, self._mjpeg = Forward(mux, phone, WDA), Forward(mux, phone, MJPEG)
        self._complaint, self._revealed = "", False
        self.version, self.bundle, self.gone = (0, 0), "", asyncio.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._wda.port}"

    @property
    def picture(self) -> str:
        return f"http://127.0.0.1:{self._mjpeg.port}"

    async def run(self) -> None:
        """Until cancelled; nothing that goes wrong ends it."""
        failures, clock = 0, asyncio.get_running_loop().time
        try:
            await self._wda.open()
            await self._mjpeg.open()
            while True:
                began = clock()
                try:
                    await self._climb()
                except Stuck as stuck:
                    self._set(Readiness(stuck.step, stuck.says))
                except HostBroken as error:
                    self._set(Readiness(self.readiness.step, plain(error.detail, 150)))
                except Exception as error:
                    log.exception("%s: bringing it up failed and is tried again", self.phone.udid)
                    self._set(Readiness(self.readiness.step, f"it failed ({type(error).__name__}); it is tried again"))
                if self.readiness.step in PERSON:
                    failures = 0
                    await asyncio.sleep(self._pace.look)
                    continue
                failures = 0 if clock() - began >= self._pace.steady else failures + 1
                await asyncio.sleep(self._pace.pause(failures - 1 if failures else 0))
        finally:
            await self._wda.close()
            await self._mjpeg.close()

    async def _climb(self) -> None:
        """From the first step to the last, and on until something breaks, which is what it raises."""
        info = await self._trusted()
        version = self.version = steps.system(info)
        if version >= (16, 0):
            await self._developer_mode()
        if version >= (17, 0):
            await self._tunnel(version)
        await self._image()
        bundle = self.bundle = await self._installed()
        self._take(Step.RUNS)
        self._complaint = ""
        command = ("runwda", f"--udid={self.phone.udid}", f"--bundleid={bundle}", f"--testrunnerbundleid={bundle}",
                   f"--xctestconfig={XCTEST}", f"--tunnel-info-port={self._goios.tunnels}")  # fmt: skip
        async with self._goios.run(command, f"runwda-{self.phone.udid}", self._hear) as running:
            ended = asyncio.create_task(running.ended())
            kept = asyncio.create_task(self._kept())
            try:
                await asyncio.wait([ended, kept], return_when=asyncio.FIRST_COMPLETED)
                if not ended.done():
                    await kept
            finally:
                for task in (ended, kept):
                    task.cancel()
                await asyncio.gather(ended, kept, return_exceptions=True)
        raise Stuck(Step.RUNS, steps.not_running(self._complaint))

    async def _kept(self) -> None:
        """While its runner lives: from its start to the picture, and then for as long as it answers."""
        await asyncio.sleep(self._pace.running)
        async with httpx.AsyncClient(timeout=self._pace.status, trust_env=False) as client:
            self._take(Step.ANSWERS)
            await self._answers(client)
            self._take(Step.PICTURE)
            await self._shows(client)
            self._set(Readiness(Step.PICTURE, ready=True))
            misses = 0
            while misses < MISSES:
                await asyncio.sleep(self._pace.look)
                misses = 0 if await self._status(client) else misses + 1
        raise Stuck(Step.ANSWERS, "WebDriverAgent hangs on the iPhone; it is started again")

    async def _trusted(self) -> dict[str, Any]:
        if self.readiness.step is Step.FOUND:
            self._take(Step.TRUSTED)
        said = await self._goios.ask("info", f"--udid={self.phone.udid}")
        if said.code == 0 and isinstance(said.first, dict):
            self.name = plain(str(said.first.get("DeviceName") or self.name), 40)
            return said.first
        asked = await self._goios.ask("pair", f"--udid={self.phone.udid}")
        if asked.trouble:
            raise Stuck(Step.TRUSTED, steps.untrusted(asked.trouble))
        raise Stuck(Step.TRUSTED, "it trusts this computer now; this takes a moment")

    async def _developer_mode(self) -> None:
        self._take(Step.DEVELOPER)
        said = await self._goios.ask("devmode", "get", f"--udid={self.phone.udid}")
        if isinstance(said.first, dict) and said.first.get("DeveloperModeEnabled") is True:
            return
        if not self._revealed:  # iOS hides the switch until somebody asks for it
            await self._goios.ask("devmode", "reveal", f"--udid={self.phone.udid}")
            self._revealed = True
        raise Stuck(
            Step.DEVELOPER, "switch on Settings > Privacy & Security > Developer Mode on the iPhone; it restarts"
        )

    async def _tunnel(self, version: tuple[int, int]) -> None:
        self._take(Step.TUNNEL)
        if version < (17, 4):
            raise Stuck(Step.TUNNEL, steps.no_tunnel(version, ""))
        self._tunnels.want()
        clock = asyncio.get_running_loop().time
        end = clock() + self._pace.tunnel
        while not await self._tunnels.up(self.phone.udid):
            if clock() >= end:
                raise Stuck(Step.TUNNEL, steps.no_tunnel(version, self._tunnels.trouble(self.phone.udid)))
            await asyncio.sleep(self._pace.running / 2)

    async def _image(self) -> None:
        """`image list` says "none", or one "image signature" for each; both in its log."""
        self._take(Step.IMAGE)
        udid, tunnels = f"--udid={self.phone.udid}", f"--tunnel-info-port={self._goios.tunnels}"
        said = await self._goios.ask("image", "list", udid, tunnels)
        if any(note.says == "image signature" for note in said.notes):
            return
        images = f"--basedir={self._goios.home / 'images'}"
        made = await self._goios.ask("image", "auto", images, udid, tunnels, within=FETCHING)
        if made.trouble:  # it ends with 0 where the download failed
            raise Stuck(Step.IMAGE, steps.no_image(made.trouble))

    async def _installed(self) -> str:
        self._take(Step.INSTALLED)
        said = await self._goios.ask("apps", f"--udid={self.phone.udid}")
        found = steps.bundle(said.first)
        if found is None:
            raise Stuck(
                Step.INSTALLED, "sign WebDriverAgent for this iPhone and install it; docs/guides/iphones.md says how"
            )
        return found

    async def _answers(self, client: httpx.AsyncClient) -> None:
        clock = asyncio.get_running_loop().time
        end = clock() + self._pace.answering
        while not await self._status(client):
            if clock() >= end:
                raise Stuck(Step.ANSWERS, f"look at the iPhone's screen: nothing answers on its port {WDA}")
            await asyncio.sleep(self._pace.running / 2)

    async def _status(self, client: httpx.AsyncClient) -> bool:
        try:
            answer = await client.get(f"{self.address}/status")
            value = answer.json().get("value")
        except (httpx.HTTPError, ValueError, AttributeError):
            return False
        return answer.status_code == 200 and isinstance(value, dict) and value.get("ready") is not False

    async def _shows(self, client: httpx.AsyncClient) -> None:
        with contextlib.suppress(httpx.HTTPError, TimeoutError):
            async with asyncio.timeout(self._pace.picture), client.stream("GET", self.picture) as answer:
                async for part in answer.aiter_bytes():
                    if b"\xff\xd8\xff" in part:  # a JPEG begins
                        return
        raise Stuck(Step.PICTURE, f"no picture comes from its port {MJPEG}; WebDriverAgent is started again")

    def _hear(self, note: Note) -> None:
        if note.bad:
            self._complaint = note.says

    def _take(self, step: Step) -> None:
        """A step is shown as being taken; one that was stuck keeps its sentence until it passes."""
        if self.readiness.ready or steps.ALL.index(step) > steps.ALL.index(self.readiness.step):
            self._set(Readiness(step))

    def _set(self, readiness: Readiness) -> None:
        if readiness != self.readiness:
            self.readiness = readiness
            self._told()
