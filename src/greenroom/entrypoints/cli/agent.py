"""`greenroom agent`: the program beside the phones, enrolled once and then kept running."""

import asyncio
import contextlib
import logging
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

import click

from greenroom.infra.settings import Settings
from greenroom.kit.errors import Invalid, Unavailable

ADB_PORT = 5137
"""Of an adb server of our own: whoever else uses adb on this computer has theirs on 5037."""


@click.group()
def command() -> None:
    """Show this computer's phones to a Greenroom server, and let their holders act on them.

    Make a code in the web client (Settings > Agents), then `greenroom agent enrol ADDRESS CODE` and
    `greenroom agent run`. The agent dials out; no port has to be open on this computer.
    """


@command.command("enrol")
@click.argument("address")
@click.argument("code")
def enrol(address: str, code: str) -> None:
    """Bind this computer to the organisation of the CODE; its own key stays in GREENROOM_HOME/agent."""
    from greenroom.agent.program import enrol as enrolment

    name = asyncio.run(enrolment.enrol(_home(), address, code))
    click.echo(f"Enrolled as {name}. Start it with: greenroom agent run")


@command.command("run")
@click.option("--adb", "binary", metavar="FILE", help="The adb program; the one on the PATH when absent.")
@click.option("--adb-port", default=ADB_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-adb", is_flag=True, help="No Android phones here.")
@click.option("--scrcpy", type=click.Path(path_type=Path), help="scrcpy's server, for live pictures and fast input.")
@click.option(
    "--iphone", "iphones", multiple=True, metavar="ADDRESS[,PICTURE]", help="An iPhone's WebDriverAgent; repeatable."
)
def run(binary: str | None, adb_port: int, no_adb: bool, scrcpy: Path | None, iphones: tuple[str, ...]) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM). It connects again by itself."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    found = None if no_adb else binary or shutil.which("adb")
    if not no_adb and found is None:
        raise Unavailable("adb is not on the PATH; name it with --adb FILE, or say --no-adb")
    asyncio.run(_serve(Path(found) if found else None, adb_port, scrcpy, _addresses(iphones)))
    click.echo("Stopped.")


async def _serve(binary: Path | None, port: int, scrcpy: Path | None, iphones: Mapping[str, str]) -> None:
    from greenroom.agent.drivers.adb.scrcpy.jar import Jar
    from greenroom.agent.drivers.adb.server import AdbServer
    from greenroom.agent.program.dial import dial
    from greenroom.agent.program.gate import Gate
    from greenroom.agent.program.identity import load
    from greenroom.agent.program.shelf import Shelf
    from greenroom.agent.program.sources import AdbSource, Source, WdaSource
    from greenroom.agent.program.stay import stay
    from greenroom.kit.chance import Chance

    identity, gate = load(_home()), Gate()
    server = AdbServer(binary, port, _home()) if binary else None
    sources: list[Source] = [WdaSource(iphones)] if iphones else []
    if server is not None:
        sources.append(AdbSource(server.start, Jar(scrcpy) if scrcpy else None))
    shelf = Shelf(sources, gate)
    work = [
        asyncio.create_task(shelf.run()),
        asyncio.create_task(stay(identity, shelf, gate, dial, say=click.echo, chance=Chance(str(identity.agent)))),
    ]
    stopped = asyncio.create_task(_stopped())
    try:
        await asyncio.wait([*work, stopped], return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended = [task for task in work if task.done()]
        for task in (*work, stopped):
            task.cancel()
        await asyncio.wait([*work, stopped])
        if server is not None:
            await server.stop()
    for task in ended:
        task.result()  # what it ended with is said


def _home() -> Path:
    return Settings().home / "agent"


def _addresses(iphones: tuple[str, ...]) -> dict[str, str]:
    found = {address: picture for address, _, picture in (one.partition(",") for one in iphones)}
    for address in (*found, *filter(None, found.values())):
        if not address.startswith(("http://", "https://")):
            raise Invalid(f"--iphone {address}: write the address like http://127.0.0.1:8100")
    return found


async def _stopped() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    await stop.wait()
