"""The one tunnel agent of this computer (`ios tunnel start --userspace`), which iOS 17 and newer need; no root.

It opens a tunnel to each iPhone that is plugged in, and closes it again (go-ios: ios/tunnel/tunnel_api.go).
"""

import asyncio
import contextlib
import logging

from greenroom.agent.errors import HostBroken
from greenroom.agent.iphones.goios import GoIos
from greenroom.agent.iphones.notes import Note
from greenroom.agent.iphones.pace import Pace

log = logging.getLogger(__name__)


class Tunnels:
    """Started with the first iPhone that needs it, started anew where it ended, gone with `close`."""

    def __init__(self, goios: GoIos, pace: Pace) -> None:
        self._goios, self._pace = goios, pace
        self._task: asyncio.Task[None] | None = None
        self._troubles: dict[str, str] = {}

    def want(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._keep())

    async def up(self, udid: str) -> bool:
        """Whether the iPhone's tunnel stands."""
        said = await self._goios.ask("tunnel", "ls", f"--tunnel-info-port={self._goios.tunnels}")
        listed = said.first if isinstance(said.first, list) else []
        return any(isinstance(one, dict) and one.get("udid") == udid for one in listed)

    def trouble(self, udid: str) -> str:
        """What was last said against opening it."""
        return self._troubles.get(udid, "")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    async def _keep(self) -> None:
        failures = 0
        clock = asyncio.get_running_loop().time
        command = ("tunnel", "start", "--userspace", f"--tunnel-info-port={self._goios.tunnels}",
                   f"--pair-record-path={self._goios.home}")  # fmt: skip
        while True:
            began = clock()
            with contextlib.suppress(HostBroken):
                async with self._goios.run(command, "tunnel", self._hear) as running:
                    await running.ended()
            failures = 0 if clock() - began >= self._pace.steady else failures + 1
            log.info("the tunnel agent ended; it is started again")
            await asyncio.sleep(self._pace.pause(failures - 1 if failures else 0))

    def _hear(self, note: Note) -> None:
        if note.udid and (note.bad or note.level == "warn"):
            self._troubles[note.udid] = note.says
