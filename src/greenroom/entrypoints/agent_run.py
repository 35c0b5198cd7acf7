"""Runs an agent: its sources of phones, and its line to the server. Loads nothing of the server."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.agent.drivers.adb.scrcpy.jar import Jar
from greenroom.agent.drivers.adb.server import AdbServer
from greenroom.agent.program.copies import Copies
from greenroom.agent.program.dial import dial
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import checked_server, load
from greenroom.agent.program.known import Known
from greenroom.agent.program.network import keep_dialled
from greenroom.agent.program.shared import Shared
from greenroom.agent.program.shelf import Shelf
from greenroom.agent.program.sources import AdbSource, Source, WdaSource
from greenroom.agent.program.stay import stay
from greenroom.entrypoints.stopped import until_stopped
from greenroom.kit.chance import Chance

if TYPE_CHECKING:
    from greenroom.agent.iphones.source import IphoneSource


@dataclass(frozen=True, slots=True)
class Ways:
    """How phones are reached. `adb` None: no Android phones. `dialled`: those in the network. `iphones`: the address of
    each one's WebDriverAgent with that of its picture, or none. `go_ios` None: no iPhones on this computer's USB."""

    adb: Path | None = None
    adb_port: int = 0
    scrcpy: Path | None = None
    dialled: tuple[str, ...] = ()
    iphones: Mapping[str, str] = field(default_factory=dict)
    go_ios: Path | None = None


async def run_agent(home: Path, ways: Ways, *, say: Callable[[str], None], server: str | None = None) -> None:
    """Until SIGINT or SIGTERM; `server` is where it answers now, if it may have moved.

    Raises Unavailable with a sentence where it was not enrolled, or where the server turns it away for good.
    """
    identity, gate = load(home), Gate()
    shared = Shared(home)
    if server is not None:
        identity = replace(identity, server=checked_server(server))
    adb = AdbServer(ways.adb, ways.adb_port, home) if ways.adb else None
    sources: list[Source] = [Known(WdaSource(ways.iphones), shared)] if ways.iphones else []
    if adb is not None:
        sources.append(Known(AdbSource(adb.start, Jar(ways.scrcpy) if ways.scrcpy else None, shared), shared))
    plugged = await _plugged(ways.go_ios, home / "iphones") if ways.go_ios else None
    if plugged is not None:
        sources.append(plugged)
    shelf = Shelf(sources, gate, Copies(home / "files"))
    work = [
        asyncio.create_task(shelf.run()),
        asyncio.create_task(stay(identity, shelf, gate, dial, say=say, chance=Chance(str(identity.agent)))),
    ]
    if adb is not None and ways.dialled:
        work.append(asyncio.create_task(keep_dialled(adb.start, ways.dialled)))
    stopped = asyncio.create_task(until_stopped())
    try:
        await asyncio.wait([*work, stopped], return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended = [task for task in work if task.done()]
        for task in (*work, stopped):
            task.cancel()
        await asyncio.wait([*work, stopped])
        if plugged is not None:
            await plugged.close()
        if adb is not None:
            await adb.stop()
    for task in ended:
        task.result()  # what it ended with is said


async def _plugged(go_ios: Path, home: Path) -> "IphoneSource":
    """Loaded where there is go-ios: an agent that starts is there sooner."""
    from greenroom.agent.iphones.goios import GoIos
    from greenroom.agent.iphones.source import IphoneSource

    return IphoneSource(await GoIos(go_ios, home).checked())
