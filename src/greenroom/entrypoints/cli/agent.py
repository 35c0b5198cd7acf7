"""`greenroom agent`: the program beside the phones, enrolled once and then kept running."""

import asyncio
import logging
from pathlib import Path

import click

from greenroom.entrypoints import loop
from greenroom.infra.settings import Settings
from greenroom.kit.errors import Invalid, Unavailable

ADB_PORT = 5137
"""Of an adb server of our own: whoever else uses adb on this computer has theirs on 5037."""
EXIT_OUT = 4


@click.group()
def command() -> None:
    """Show this computer's phones to a Greenroom server, and let their holders act on them.

    Make a code in the web client (Phones > Agents), then `greenroom agent enrol ADDRESS CODE` and
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
@click.option(
    "--adb", "binary", metavar="FILE", help="The adb program; the one that Greenroom brought, or that on the PATH."
)
@click.option("--adb-port", default=ADB_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-adb", is_flag=True, help="No Android phones here.")
@click.option("--scrcpy", type=click.Path(path_type=Path), help="scrcpy's server; the one that Greenroom brought.")
@click.option("--connect", "dialled", multiple=True, metavar="HOST:PORT", help="A phone in the network; repeatable.")
@click.option(
    "--iphone", "iphones", multiple=True, metavar="ADDRESS[,PICTURE]", help="An iPhone's WebDriverAgent; repeatable."
)
@click.option("--go-ios", metavar="FILE", help="go-ios, for iPhones on USB; the `ios` on the PATH when it is go-ios.")
def run(
    binary: str | None,
    adb_port: int,
    no_adb: bool,
    scrcpy: Path | None,
    dialled: tuple[str, ...],
    iphones: tuple[str, ...],
    go_ios: str | None,
) -> None:
    """Serve until stopped (Ctrl-C, SIGTERM). It connects again by itself.

    Exit status 4 when starting it again is of no use: it is not enrolled, or the server shut it out.
    """
    from greenroom.agent import tools
    from greenroom.agent.iphones.goios import go_ios_program
    from greenroom.entrypoints.agent_run import Ways, run_agent

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    adb = None if no_adb else Path(binary) if binary else tools.adb_program()
    if not no_adb and adb is None:
        raise Unavailable(f"{tools.NO_ADB}, name it with --adb FILE, or say --no-adb")
    jar = None if no_adb else _checked_jar(scrcpy or tools.scrcpy_server())
    plugged = Path(go_ios) if go_ios else go_ios_program()
    ways = Ways(adb, adb_port, jar, _dialled(dialled), _addresses(iphones), plugged)
    try:
        loop.run(run_agent(_home(), ways, say=click.echo))
    except Unavailable as error:
        raise Unavailable(error.detail, exit_code=EXIT_OUT) from error
    click.echo("Stopped.")


def _home() -> Path:
    return Settings().home / "agent"


def _checked_jar(file: Path | None) -> Path | None:
    """None where there is none, which is said: pictures come slowly then. HostBroken where it is another one."""
    from greenroom.agent.drivers.adb.scrcpy.jar import Jar

    if file is None:
        click.echo("scrcpy's server is not here, so Android phones show stills; name it with --scrcpy FILE.", err=True)
        return None
    Jar(file).read()
    return file


def _dialled(addresses: tuple[str, ...]) -> tuple[str, ...]:
    for address in addresses:
        host, _, port = address.rpartition(":")
        if not host or not port.isdecimal():
            raise Invalid(f"--connect {address}: write the address like 192.168.1.20:5555")
    return addresses


def _addresses(iphones: tuple[str, ...]) -> dict[str, str]:
    found = {address: picture for address, _, picture in (one.partition(",") for one in iphones)}
    for address in (*found, *filter(None, found.values())):
        if not address.startswith(("http://", "https://")):
            raise Invalid(f"--iphone {address}: write the address like http://127.0.0.1:8100")
    return found
