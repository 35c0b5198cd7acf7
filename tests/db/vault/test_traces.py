"""Where a secret must not be found: a dump, the write-ahead log, the data files, the server's log."""

import asyncio
import base64
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from greenroom.infra.context import House
from greenroom.infra.database import Database
from greenroom.infra.events import emit
from greenroom.infra.postgres.binaries import find_binaries
from greenroom.infra.postgres.server import EmbeddedPostgres
from greenroom.infra.settings import Settings
from greenroom.infra.store import open_store
from greenroom.infra.vault.master import master_key
from greenroom.infra.vault.rotate import rotate
from greenroom.infra.vault.secret import Secret
from greenroom.infra.vault.vault import Vault
from greenroom.kit.clock import SystemClock
from greenroom.kit.ids import uuid7
from tests.support.house import Tenant, make_tenant

CANARY = f"ZZCANARY{uuid7().hex}"
IN_PLAIN = f"ZZPLAIN{uuid7().hex}"
"""Put into an event, to see that looking in these places finds what is there."""


@pytest.fixture
async def blue(own_postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Tenant]:
    """An organisation on a server of this test's own, whose files are looked through."""
    addresses = own_postgres.addresses()
    assert addresses is not None
    settings = Settings(home=tmp_path / "home")
    vault = Vault(master_key(settings))
    house = House(settings, Database(addresses.app, size=4), open_store(settings), SystemClock(), vault)
    await house.database.open()
    await vault.start(house.database)
    yield await make_tenant(house, "Blue Door")
    await house.database.close()


async def test_a_secret_is_in_no_dump_no_log_and_no_file_of_the_server(
    blue: Tenant, own_postgres: EmbeddedPostgres
) -> None:
    addresses = own_postgres.addresses()
    assert addresses is not None
    assert addresses.superuser is not None
    with psycopg.connect(addresses.superuser, autocommit=True) as connection:
        connection.execute("alter system set log_statement = 'all'")  # with all parameters, as somebody in need might
        connection.execute("select pg_reload_conf()")
    await use_a_secret(blue)
    with psycopg.connect(addresses.superuser, autocommit=True) as connection:
        connection.execute("checkpoint")
    programs = find_binaries()
    arguments = [programs.program("pg_dump"), addresses.superuser]
    dump = (await asyncio.to_thread(subprocess.run, arguments, capture_output=True, check=True)).stdout
    places = {
        "dump": [dump],
        "write-ahead log": contents(own_postgres.status().data / "pg_wal"),
        "data files": contents(own_postgres.status().data / "base"),
        "server's log": contents(own_postgres.home / "logs"),
    }
    assert {name for name, texts in places.items() if IN_PLAIN.encode() in b"".join(texts)} == places.keys()
    looked_at = [*contents(own_postgres.home.parent), *contents(blue.house.settings.home), dump]
    assert len(looked_at) > 500
    for form in forms_of(CANARY):
        assert not any(form in text for text in looked_at), form[:6]
    (master,) = contents(blue.house.settings.vault_folder)
    for form in (master.strip(), bytes.fromhex(master.decode())):
        assert not any(form in text for texts in places.values() for text in texts)


async def use_a_secret(tenant: Tenant) -> None:
    """Everything that is done with one, by the application's role, over the wire."""
    async with tenant.context() as ctx:
        vault = ctx.house.vault
        id = await vault.put(ctx, Secret(CANARY), kind="password", subject=("account", UUID(int=7)))
        await emit(ctx, "test.happened", message=IN_PLAIN)
    async with tenant.context() as ctx:
        assert (await vault.open(ctx, id, why="test")).text() == CANARY
        await vault.replace(ctx, id, CANARY * 2)
    await rotate(tenant.house, tenant.organisation)
    async with tenant.context() as ctx:
        assert (await vault.open(ctx, id, why="test")).text() == CANARY * 2


def forms_of(text: str) -> list[bytes]:
    """The ways in which a value could lie in a file: as it is, in hexadecimal, in base64 at any offset."""
    raw = text.encode()
    encoded = [base64.b64encode(raw[n:])[:24] for n in range(3)]
    return [raw, raw.hex().encode(), raw.hex().upper().encode(), raw[::-1], *encoded]


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
