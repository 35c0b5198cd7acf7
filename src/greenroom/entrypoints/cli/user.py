"""`greenroom user`: the way back in, for whoever holds the server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from greenroom.entrypoints.house import house_of_command
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.settings import Settings
from greenroom.kit.errors import NotFound
from greenroom.tenancy import facade

T = TypeVar("T")


@click.group()
def command() -> None:
    """Renew the first link, or reset a password, on the server itself."""


@command.command()
def link() -> None:
    """Print a fresh link with which the first administrator is made."""

    async def work(house: House) -> str | None:
        return await facade.first_run_link(house)

    path = asyncio.run(_in_house(work))
    click.echo(_address() + path if path else "There is an administrator already; use `greenroom user reset E-MAIL`.")


@command.command()
@click.argument("email")
def reset(email: str) -> None:
    """Print a link with which the person with this E-MAIL chooses a new password.

    Their authenticator app, recovery codes and passkeys are removed, and they are signed out everywhere.
    """

    async def work(house: House) -> list[str]:
        async with house.database.transaction() as tx:
            places = await facade.people_with_email(tx, email)
        if not places:
            raise NotFound("Nobody here has this address; the people page in the settings lists them")
        paths = []
        for organisation, user in places:
            async with house.database.transaction(Scope(organisation, (), "command:user reset")) as tx:
                ctx = Context(organisation, (), None, Actor("command", None, "user reset"), tx, house.clock, house)
                paths.append(await facade.reset_sign_in(ctx, user))
        return paths

    for path in asyncio.run(_in_house(work)):
        click.echo(_address() + path)


def _address() -> str:
    """Where the product answers, or would after `greenroom up`."""
    from greenroom.entrypoints.running import find_running

    settings = Settings()
    running = find_running(settings.home)
    return running.url.rstrip("/") if running else f"http://{settings.host}:{settings.port}"


async def _in_house(work: Callable[[House], Awaitable[T]]) -> T:
    async with house_of_command(Settings()) as house:
        return await work(house)
