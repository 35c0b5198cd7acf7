"""`greenroom vault`: its keys, for whoever holds the server. No verb shows a secret."""

import asyncio
from collections import Counter
from uuid import UUID

import click

from greenroom.entrypoints.house import house_of_command
from greenroom.infra.context import House
from greenroom.infra.settings import Settings
from greenroom.infra.vault import store
from greenroom.infra.vault.key_files import KeyFiles
from greenroom.infra.vault.rewrap import rewrap as wrap_anew
from greenroom.infra.vault.rotate import rotate as renew


@click.group()
def command() -> None:
    """See and renew the keys of the vault. Greenroom may run meanwhile: secrets stay readable."""


@command.command()
def status() -> None:
    """Say which master keys are here, and what each of them wraps."""

    async def work() -> None:
        async with house_of_command(Settings()) as house:
            keys = await _keys(house)
            click.echo(f"{len(keys)} data keys of {len({organisation for organisation, _ in keys})} organisations.")
            uses = Counter(by for _, by in keys)
            for number, id in enumerate(house.vault.master.ids()):
                newest = "  newest" if number == 0 else ""
                click.echo(f"  {_name(house, id):<20}  wraps {uses[id]} data keys{newest}")

    asyncio.run(work())


@command.command()
@click.option("--organisation", type=click.UUID, help="Only this one's.")
def rotate(organisation: UUID | None) -> None:
    """Give each organisation a new data key and seal its secrets under it; goes on after an interruption."""

    async def work() -> None:
        async with house_of_command(Settings()) as house:
            for one in sorted({owner for owner, _ in await _keys(house) if organisation in (None, owner)}):
                done = await renew(house, one)
                refused = f"; {done.refused} do not open, the events say which" if done.refused else ""
                click.echo(f"{one}: {done.sealed} secrets are sealed under data key {done.version}{refused}.")

    asyncio.run(work())


@command.command()
def rewrap() -> None:
    """Make a new master key and wrap all data keys by it; goes on after an interruption."""

    async def work() -> None:
        async with house_of_command(Settings()) as house:
            count = await wrap_anew(house)
            newest, *older = house.vault.master.ids()
            click.echo(f"{count} data keys were wrapped by {_name(house, newest)}. Keep a copy of it elsewhere.")
            used = {by for _, by in await _keys(house)}
            for id in older:
                if id not in used:
                    click.echo(f"{_name(house, id)} wraps nothing now; older backups need it. Then remove it.")

    asyncio.run(work())


async def _keys(house: House) -> list[tuple[UUID, str]]:
    """Organisation and master key of every living data key."""
    async with house.database.transaction() as tx:
        return [(row["organisation_id"], row["wrapped_by"]) for row in await store.keys_everywhere(tx)]


def _name(house: House, id: str) -> str:
    master = house.vault.master
    return f"{(isinstance(master, KeyFiles) and master.name_of(id)) or 'key'} ({id})"
