"""`greenroom vault` on the server itself, and what a start without the right key says."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from greenroom.entrypoints.cli.main import run
from greenroom.entrypoints.database import check_vault, open_database
from greenroom.entrypoints.house import house_of_command
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.settings import Settings
from greenroom.infra.vault.errors import WrongKey
from tests.support.house import Tenant, make_tenant


@pytest.fixture
def home(tmp_path: Path, database_urls: Addresses, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home over this test's database, with three secrets in it."""
    home = tmp_path / "home"
    monkeypatch.setenv("GREENROOM_HOME", str(home))
    monkeypatch.setenv("GREENROOM_DATABASE_URL", database_urls.app)
    monkeypatch.setenv("GREENROOM_OWNER_DATABASE_URL", database_urls.owner)

    async def put(tenant: Tenant) -> None:
        async with tenant.context() as ctx:
            for n in range(3):
                await ctx.house.vault.put(ctx, f"value {n}", kind="api_key")

    in_house(put)
    return home


def in_house(work: Callable[[Tenant], Awaitable[None]]) -> None:
    async def go() -> None:
        async with house_of_command(Settings()) as house:
            await work(await make_tenant(house, "Blue Door"))

    asyncio.run(go())


@pytest.mark.usefixtures("home")
def test_status_rotate_and_rewrap_say_what_they_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vault", "status"]) == 0
    assert "1 data keys of 1 organisations" in capsys.readouterr().out
    assert run(["vault", "rotate"]) == 0
    assert "3 secrets are sealed under data key 2." in capsys.readouterr().out
    assert run(["vault", "rewrap"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("1 data keys were wrapped by vault-2.key (")
    assert "vault.key (" in said.splitlines()[1]
    assert run(["vault", "status"]) == 0
    newest, old = capsys.readouterr().out.splitlines()[1:]
    assert newest.split()[0] == "vault-2.key"
    assert newest.endswith("wraps 1 data keys  newest")
    assert old.endswith("wraps 0 data keys")


def test_without_its_key_every_start_is_refused_in_a_sentence_and_nothing_is_made(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "keys" / "vault.key").rename(home / "elsewhere.key")
    with pytest.raises(WrongKey):
        check_vault(Settings(), open_database(Settings()))
    assert run(["vault", "status"]) == 2
    assert "Put that key into" in capsys.readouterr().err
    assert list((home / "keys").iterdir()) == []
    (home / "elsewhere.key").rename(home / "keys" / "vault.key")
    assert run(["vault", "status"]) == 0
