"""An iPhone on this computer's USB: WebDriverAgent for screen and fingers, go-ios for apps, files and a restart."""

import asyncio
import mimetypes
from collections.abc import Sequence
from pathlib import Path

from greenroom.agent.drivers.deadline import within
from greenroom.agent.drivers.wda.phone import WdaPhone
from greenroom.agent.errors import NotSupported, Refused
from greenroom.agent.iphones import apps, files
from greenroom.agent.iphones.cable import Cable
from greenroom.agent.phone_values import Ability, App, Progress

MORE = frozenset({Ability.APPS, Ability.INSTALL, Ability.FILES, Ability.REBOOT})
"""What go-ios adds to WebDriverAgent."""
RESTARTING = 25.0  # seconds until iOS has taken the order, and as many again until it is gone from USB
HOME = "com.apple.springboard"
NO_LIBRARY = (
    "cannot take pictures or films into its photo library: go-ios has no way into it; open the file on the iPhone"
    " itself, from a link or by AirDrop, and save it there"
)


class CabledIphone(WdaPhone):
    """`runner`: WebDriverAgent's bundle id. `gone` is set when it goes from USB."""

    def __init__(self, address: str, *, cable: Cable, video: str, runner: str, gone: asyncio.Event) -> None:
        super().__init__(address, name=cable.name, video=video)
        self._cable, self._runner, self._gone = cable, runner, gone

    @property
    def abilities(self) -> frozenset[Ability]:
        return super().abilities | MORE

    async def install(self, files: Sequence[Path], *, progress: Progress | None = None) -> None:
        await apps.install(self._cable, files, progress)

    async def uninstall(self, app: str) -> None:
        await apps.uninstall(self._cable, app, runner=self._runner)

    async def apps(self) -> tuple[App, ...]:
        return await apps.list_apps(self._cable)

    async def push(self, source: Path | bytes, target: str, *, progress: Progress | None = None) -> None:
        """`target` as APP/Documents/NAME, of an app that is signed for development."""
        await files.push(self._cable, source, target, progress)

    async def give(self, source: Path, name: str, *, progress: Progress | None = None) -> str:
        """To the app in front, among its documents: an iPhone has no folder that all apps see."""
        if (mimetypes.guess_type(name)[0] or "").startswith(("image/", "video/")):
            raise NotSupported(self.name, NO_LIBRARY)
        app = (await self.front()).app
        if app in ("", HOME):
            raise Refused(self.name, "shows no app that could keep the file: open the app that is to have it first")
        target = f"{app}/Documents/{name}"
        await self.push(source, target, progress=progress)
        return target

    async def pull(self, source: str, target: Path, *, progress: Progress | None = None) -> None:
        await files.pull(self._cable, source, target, progress)

    async def reboot(self) -> None:
        """It comes back by the nine steps; one with a code waits until somebody enters it."""
        await self._cable.do("reboot", doing="restart", seconds=RESTARTING, proof="ok")
        async with within(RESTARTING, self.name, "go down"):
            await self._gone.wait()
