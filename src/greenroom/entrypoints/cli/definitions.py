"""`greenroom definitions`: what people have defined, taken away as a git repository, for whoever holds the server."""

import asyncio
from pathlib import Path
from uuid import UUID

import click

from greenroom.entrypoints import wiring
from greenroom.entrypoints.house import house_of_command
from greenroom.infra.context import Actor, Context, House
from greenroom.infra.database import Scope
from greenroom.infra.settings import Settings
from greenroom.infra.versions import version_store
from greenroom.infra.versions.export import export as export_into
from greenroom.kit.errors import Invalid, NotFound

_ACTOR = Actor("command", None, "definitions export")


@click.group()
def command() -> None:
    """Take definitions away: characters, clients' settings, with every version that they had."""


@command.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--organisation", type=click.UUID, help="Whose; needed when there are several.")
def export(folder: Path, organisation: UUID | None) -> None:
    """Write every definition as a JSON file into the git repository DIR, one commit a version.

    Done again it adds the commits of what has changed since; history that was written stays as it is.
    """

    async def work() -> None:
        async with house_of_command(Settings()) as house:
            count = await export_all(house, organisation, folder)
            click.echo(f"{count} versions were added to {folder}." if count else f"{folder} has every version already.")

    asyncio.run(work())


async def export_all(house: House, wanted: UUID | None, folder: Path) -> int:
    """Append what the repository lacks of one organisation's versions; gives how many. Raises Problem."""
    wiring.register_definitions()
    async with house.database.transaction() as tx:
        organisation = _one(await version_store.organisations(tx), wanted)
    async with house.database.transaction(Scope(organisation, (), str(_ACTOR))) as tx:
        clients = await version_store.clients_of(tx, organisation)
    async with house.database.transaction(Scope(organisation, clients, str(_ACTOR))) as tx:
        ctx = Context(organisation, clients, None, _ACTOR, tx, house.clock, house)
        return await export_into(ctx, folder)


def _one(organisations: list[UUID], wanted: UUID | None) -> UUID:
    if wanted is None and len(organisations) > 1:
        listed = "\n".join(f"  {one}" for one in organisations)
        raise Invalid(f"Several organisations have definitions; say which with --organisation:\n{listed}")
    if not organisations or wanted not in (None, *organisations):
        raise NotFound("There are no definitions with versions yet; the first change of one makes them")
    return wanted or organisations[0]
