"""`greenroom vphone`: virtual phones that adb and WebDriverAgent clients accept, many in one process."""

import asyncio
import json
from typing import TYPE_CHECKING

import click

from greenroom.entrypoints.stopped import until_stopped
from greenroom.kit.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from greenroom.agent.virtual.fleet import Fleet, Plan

MOST = 500


@click.command()
@click.option("--count", default=1, show_default=True, type=click.IntRange(0, MOST), help="How many Android phones.")
@click.option("--iphones", default=0, show_default=True, type=click.IntRange(0, MOST), help="How many iPhones.")
@click.option(
    "--port", default=27600, show_default=True, type=click.IntRange(0, 65535), help="The first port; 0: any free ones."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--seed", default="1", show_default=True, help="The same seed makes the same phones.")
@click.option(
    "--auth",
    default="always",
    show_default=True,
    type=click.Choice(["open", "always", "ask"]),
    help="Which computers a phone lets in: all, all that show a key, or those accepted on its screen.",
)
@click.option("--small", is_flag=True, help="Phones of 720x1600, which cost less to draw.")
@click.option("--fault", "faults", multiple=True, metavar="SERIAL:NAME=VALUE", help="Switch a fault on at the start.")
@click.option("--json", "as_json", is_flag=True, help="Print the phones as one line of JSON.")
def command(
    count: int,
    iphones: int,
    port: int,
    host: str,
    seed: str,
    auth: str,
    small: bool,
    faults: tuple[str, ...],
    as_json: bool,
) -> None:
    """Run virtual phones until stopped (Ctrl-C, SIGTERM).

    Each Android phone speaks the device side of ADB on a port of its own (`adb connect ADDRESS`), each iPhone
    WebDriverAgent's HTTP API and MJPEG. The control address takes `GET /phones`, `POST /phones/SERIAL/faults` with
    {"disconnect": true} and the like, and `DELETE /phones/SERIAL/faults`; `GET /faults` lists them.
    """
    from greenroom.agent.virtual.fleet import Plan

    plan = Plan(
        count, iphones, port, host, seed, "open" if auth == "open" else "ask" if auth == "ask" else "always", small
    )
    asyncio.run(_run(plan, faults, as_json=as_json))


async def _run(plan: "Plan", faults: tuple[str, ...], *, as_json: bool) -> None:
    from greenroom.agent.virtual.fleet import open_fleet

    try:
        fleet = await open_fleet(plan)
    except OSError as error:
        raise Unavailable(f"The ports from {plan.port} on are not free: {error}. Choose others with --port.") from error
    try:
        for fault in faults:
            await _switch(fleet, fault)
        _show(fleet, as_json=as_json)
        await until_stopped()
    finally:
        await fleet.close()
    if not as_json:
        click.echo("Stopped.")


def _show(fleet: "Fleet", *, as_json: bool) -> None:
    phones = [fleet.described(one) for one in fleet.members.values()]
    control = f"http://{fleet.plan.host}:{fleet.control.port}"
    if as_json:
        click.echo(json.dumps({"control": control, "phones": phones}))
        return
    for phone in phones:
        mjpeg = f"  mjpeg {phone['mjpeg']}" if phone["mjpeg"] else ""
        click.echo(f"{phone['kind']:<8} {phone['serial']:<26} {phone['address']}{mjpeg}")
    click.echo(f"control  {control}")
    click.echo("Ready.")


async def _switch(fleet: "Fleet", fault: str) -> None:
    from greenroom.agent.virtual.trouble import UnknownFault

    serial, _, setting = fault.partition(":")
    name, _, value = setting.partition("=")
    member = fleet.members.get(serial)
    if member is None:
        raise Invalid(f"--fault {fault}: there is no phone {serial}; they are {', '.join(fleet.members)}")
    try:
        await member.trouble.set({name: _value(value)})
    except UnknownFault as error:
        raise Invalid(f"--fault {fault}: {error}") from error


def _value(text: str) -> object:
    """`false`, `2.5` and the like as what they say; anything else as text, nothing as true."""
    try:
        return json.loads(text) if text else True
    except ValueError:
        return text
