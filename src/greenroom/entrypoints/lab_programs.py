"""What the two processes of `greenroom up`'s phone lab do: the virtual phones, and the agent that shows them.

Neither knows of the database or loads anything of the server.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenroom.agent import tools
from greenroom.entrypoints import loop
from greenroom.entrypoints.stopped import until_stopped
from greenroom.kit.errors import Invalid, Problem, Unavailable

if TYPE_CHECKING:
    from greenroom.agent.virtual.fleet import Fleet

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
BLOCK = 100
"""Ports of one lab: its phones from the first on, and the last one for its adb server."""
FIRST, BLOCKS = 28_000, 40  # below the ports that systems give to whoever asks for any
TRIES = 10
IPHONES = 6  # at most
LARGE = 6  # phones; more of them are small ones, which cost less to draw

Report = Callable[..., None]


def fleet(word: dict[str, Any], report: Report) -> None:
    """The phones that the word asks for, until SIGINT or SIGTERM; reports where they answer."""
    asyncio.run(_fleet(word, report))


async def _fleet(word: dict[str, Any], report: Report) -> None:
    adb = tools.adb_program()
    fleet, port = await _opened(word, adb=adb is not None)
    try:
        report(
            ready=True,
            phones=[fleet.described(one) for one in fleet.members.values()],
            adb=str(adb) if adb else None,
            adb_port=port + BLOCK - 1,
            scrcpy=_scrcpy(),
            control=f"http://{HOST}:{fleet.control.port}",
        )
        await until_stopped()
    finally:
        await fleet.close()


def shares(phones: int, *, adb: bool) -> tuple[int, int]:
    """How many of them are Android phones, and how many iPhones; without adb there are iPhones only."""
    iphones = min(IPHONES, phones // 2 if adb else phones)
    return phones - iphones if adb else 0, iphones


def _scrcpy() -> str | None:
    """None where there is none that could be used: pictures come slowly then."""
    from greenroom.agent.drivers.adb.scrcpy.jar import Jar
    from greenroom.agent.errors import HostBroken

    file = tools.scrcpy_server()
    if file is None:
        return None
    try:
        Jar(file).read()
    except HostBroken as error:
        log.warning("%s", error.detail)
        return None
    return str(file)


async def _opened(word: dict[str, Any], *, adb: bool) -> tuple["Fleet", int]:
    """In the block of ports that the word names, or in the next one that is free."""
    from greenroom.agent.virtual.fleet import Plan, open_fleet

    androids, iphones = shares(word["phones"], adb=adb)
    small = word["phones"] > LARGE
    ports = [FIRST + (word["block"] + number) % BLOCKS * BLOCK for number in range(TRIES)]
    for port in ports:
        with contextlib.suppress(OSError):
            _check_adb_port(port + BLOCK - 1)
            return await open_fleet(Plan(androids, iphones, port, HOST, small=small)), port
    raise Unavailable(
        f"The ports of the virtual phones are all taken: {BLOCK} each from {', '.join(map(str, ports))} on"
    )


def _check_adb_port(port: int) -> None:
    """OSError where something else than an adb server, left over from before, is on this port."""
    with contextlib.suppress(ConnectionError), socket.create_connection((HOST, port), 1) as sock:
        sock.sendall(b"000chost:version")
        if sock.recv(4) != b"OKAY":
            raise OSError("something else answers there")


def agent(home: Path, word: dict[str, Any], report: Report) -> None:
    """The lab's agent, enrolled with the word's code if there is one, until SIGINT or SIGTERM.

    Reports what it says, why it stays out where the server turned it away for good, and a code that is over.
    """
    from greenroom.agent.program.enrol import enrol
    from greenroom.entrypoints.agent_run import Ways, run_agent

    def say(sentence: str) -> None:
        log.info("%s", sentence)
        report(said=sentence)

    if word["code"]:
        try:
            asyncio.run(enrol(home / "agent", word["server"], word["code"]))
        except Invalid:
            return report(code_over=True)
        except Unavailable as problem:
            return say(problem.detail)  # it is started again, with the same code
    adb, scrcpy = (Path(word[name]) if word[name] else None for name in ("adb", "scrcpy"))
    ways = Ways(adb, word["adb_port"], scrcpy, tuple(word["dialled"]), word["iphones"])
    try:
        loop.run(run_agent(home / "agent", ways, say=say, server=word["server"]))
    except Problem as problem:
        report(out=problem.detail)
