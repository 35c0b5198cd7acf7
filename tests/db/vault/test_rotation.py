"""Keys are renewed while secrets are read, and an interrupted renewal goes on where it stopped."""

import asyncio
from collections import Counter
from uuid import UUID

import psycopg
import pytest

from greenroom.infra.context import House
from greenroom.infra.database import Scope
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.vault.data_keys import newest_key
from greenroom.infra.vault.errors import WrongKey
from greenroom.infra.vault.key_files import KeyFiles
from greenroom.infra.vault.rewrap import rewrap
from greenroom.infra.vault.rotate import rotate
from greenroom.infra.vault.vault import Vault
from tests.support.house import Tenant

SECRETS = 40


class Killed(BaseException):
    """The process ends here."""


async def test_a_rotation_seals_everything_anew_and_removes_the_old_key(tenant: Tenant) -> None:
    secrets = await some_secrets(tenant)
    before = await sealed(tenant)
    done = await rotate(tenant.house, tenant.organisation, batch=7)
    assert (done.version, done.sealed, done.refused) == (2, SECRETS, 0)
    after = await sealed(tenant)
    assert {version for _, version in after.values()} == {2}
    assert not {text for text, _ in before.values()} & {text for text, _ in after.values()}
    assert await data_keys(tenant) == [2]
    await all_open(tenant, secrets)
    assert (await rotate(tenant.house, tenant.organisation)).version == 3


@pytest.mark.parametrize("batches", range(1, 21))
async def test_killed_after_any_batch_it_resumes_and_everything_opens_all_the_time(
    tenant: Tenant, batches: int
) -> None:
    secrets = await some_secrets(tenant)
    heard: list[int] = []

    def kill(done: int) -> None:
        heard.append(done)
        if len(heard) == batches:
            raise Killed

    with pytest.raises(Killed):
        await rotate(tenant.house, tenant.organisation, batch=2, progress=kill)
    await all_open(tenant, secrets)
    versions = Counter(version for _, version in (await sealed(tenant)).values())
    assert versions == Counter({1: SECRETS - 2 * batches, 2: 2 * batches}) or batches == 20
    again = await rotate(tenant.house, tenant.organisation, batch=7)
    if batches < 20:  # after the last batch nothing is left to resume, and a new rotation is right
        assert (again.version, again.sealed) == (2, SECRETS - 2 * batches)
    assert await data_keys(tenant) == [again.version]
    await all_open(tenant, secrets)


async def test_killed_inside_a_batch_nothing_of_it_is_left(tenant: Tenant, database_urls: Addresses) -> None:
    """A trigger of the test ends the write of the 23rd secret, so the 4th batch of 7 fails halfway."""
    secrets = await some_secrets(tenant)
    as_superuser(
        database_urls,
        f"""create function public.stop() returns trigger language plpgsql as $$
            begin if new.id = '{sorted(secrets)[22]}' then raise 'stop'; end if; return new; end $$;
            create trigger stop before update of sealed on gr.secret for each row execute function public.stop()""",
    )
    with pytest.raises(psycopg.errors.RaiseException, match="stop"):
        await rotate(tenant.house, tenant.organisation, batch=7)
    assert Counter(version for _, version in (await sealed(tenant)).values()) == {2: 21, 1: 19}
    await all_open(tenant, secrets)
    as_superuser(database_urls, "drop trigger stop on gr.secret")
    assert (await rotate(tenant.house, tenant.organisation)).sealed == 19
    await all_open(tenant, secrets)


async def test_reading_goes_on_through_both_renewals_without_a_failure(tenant: Tenant) -> None:
    secrets = await some_secrets(tenant)
    stop, reads = asyncio.Event(), 0

    async def read() -> None:
        nonlocal reads
        while not stop.is_set():
            await all_open(tenant, secrets)
            reads += len(secrets)

    async with asyncio.TaskGroup() as group:
        group.create_task(read())
        for _ in range(3):
            await rotate(tenant.house, tenant.organisation, batch=3)
            await rewrap(tenant.house)
        stop.set()
    assert reads >= SECRETS
    assert await data_keys(tenant) == [4]
    assert len(tenant.house.vault.master.ids()) == 4


async def test_writing_goes_on_through_a_rotation(tenant: Tenant) -> None:
    secrets = await some_secrets(tenant)

    async def write() -> None:
        for id in list(secrets):
            secrets[id] += " again"
            async with tenant.context() as ctx:
                await ctx.house.vault.replace(ctx, id, secrets[id])

    async with asyncio.TaskGroup() as group:
        group.create_task(write())
        group.create_task(rotate(tenant.house, tenant.organisation, batch=3))
    assert await data_keys(tenant) == [2]
    await all_open(tenant, secrets)


async def test_a_put_that_began_before_the_rotation_keeps_its_key_alive(tenant: Tenant) -> None:
    secrets = await some_secrets(tenant)
    async with asyncio.TaskGroup() as group, tenant.context() as ctx:
        id = await ctx.house.vault.put(ctx, "in flight", kind="api_key")
        rotation = group.create_task(rotate(tenant.house, tenant.organisation))
        await asyncio.sleep(0.3)
        assert not rotation.done()
    await all_open(tenant, secrets | {id: "in flight"})
    assert await data_keys(tenant) == [2]


async def test_the_key_that_a_transaction_is_about_to_seal_with_is_not_removed(tenant: Tenant) -> None:
    secrets = await some_secrets(tenant)
    async with asyncio.TaskGroup() as group, tenant.context() as ctx:
        await newest_key(ctx, ctx.house.vault.master)
        rotation = group.create_task(rotate(tenant.house, tenant.organisation))
        await asyncio.sleep(0.3)
        assert not rotation.done()
        assert await data_keys(tenant) == [1, 2]
    await all_open(tenant, secrets)


async def test_one_that_does_not_open_is_reported_and_left_and_stops_no_later_rotation(
    tenant: Tenant, database_urls: Addresses
) -> None:
    secrets = await some_secrets(tenant)
    broken = sorted(secrets)[5]
    as_superuser(database_urls, f"update gr.secret set version = 9 where id = '{broken}'")
    secrets.pop(broken)
    done = await rotate(tenant.house, tenant.organisation, batch=7)
    assert (done.version, done.sealed, done.refused) == (2, SECRETS - 1, 1)
    assert await data_keys(tenant) == [1, 2]
    async with tenant.context() as ctx:
        events = await ctx.db.all("select subject_id from event where kind = 'vault.refused'")
    assert [event["subject_id"] for event in events] == [broken]
    assert (await rotate(tenant.house, tenant.organisation)).version == 3
    await all_open(tenant, secrets)


async def test_a_new_master_key_wraps_all_data_keys_and_the_old_one_can_go(
    tenant: Tenant, other_tenant: Tenant
) -> None:
    mine, theirs = await some_secrets(tenant), await some_secrets(other_tenant)
    before = await sealed(tenant)
    assert await rewrap(tenant.house) == 2
    assert await sealed(tenant) == before
    folder = tenant.house.settings.vault_folder
    (folder / "vault.key").unlink()
    fresh = Vault(KeyFiles(folder))
    await fresh.start(tenant.house.database)
    assert len(fresh.master.ids()) == 1
    await all_open(tenant, mine, fresh)
    await all_open(other_tenant, theirs, fresh)


async def test_an_interrupted_new_master_key_is_finished_without_another_one(
    tenant: Tenant, other_tenant: Tenant
) -> None:
    await some_secrets(tenant)
    await some_secrets(other_tenant)
    broken = tenant.house.vault.master
    newest = broken.make()  # killed right after: nothing is wrapped by it yet
    assert await rewrap(tenant.house) == 2
    assert broken.ids()[0] == newest
    assert len(broken.ids()) == 2


async def test_without_the_master_key_nothing_opens(tenant: Tenant) -> None:
    secrets = await some_secrets(tenant)
    (tenant.house.settings.vault_folder / "vault.key").unlink()
    stranger = Vault(KeyFiles(tenant.house.settings.vault_folder))
    with pytest.raises(WrongKey, match="not here"):
        await all_open(tenant, secrets, stranger)


async def some_secrets(tenant: Tenant) -> dict[UUID, str]:
    """Some of a client and some of the organisation, each with its own value."""
    made = {}
    async with tenant.context() as ctx:
        for n in range(SECRETS):
            id = await ctx.house.vault.put(ctx, f"value {n}", kind="api_key", whole=n % 2 == 0)
            made[id] = f"value {n}"
    return made


async def all_open(tenant: Tenant, secrets: dict[UUID, str], vault: Vault | None = None) -> None:
    for id, value in list(secrets.items()):
        async with tenant.context() as ctx:
            assert (await (vault or ctx.house.vault).open(ctx, id, why="test")).text() == value


async def sealed(tenant: Tenant) -> dict[UUID, tuple[bytes, int]]:
    async with tenant.context() as ctx:
        rows = await ctx.db.all("select id, sealed, key_version from secret")
    return {row["id"]: (bytes(row["sealed"]), row["key_version"]) for row in rows}


async def data_keys(tenant: Tenant) -> list[int]:
    return await versions(tenant.house, tenant.organisation)


async def versions(house: House, organisation: UUID) -> list[int]:
    async with house.database.transaction(Scope(organisation, (), "system:test")) as tx:
        return [row["version"] for row in await tx.all("select version from data_key order by version")]


def as_superuser(urls: Addresses, statement: str) -> None:
    assert urls.superuser is not None
    with psycopg.connect(urls.superuser) as connection:
        connection.execute(statement)
