"""Definitions into a git repository, with the real git: one commit a version, and only what is new the next time."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from greenroom.cast import change
from greenroom.cast.contracts import CharacterChange, NewCharacter, Persona
from greenroom.cast.create import create
from greenroom.entrypoints import wiring
from greenroom.entrypoints.cli import main
from greenroom.entrypoints.cli.definitions import export_all
from greenroom.infra import versions
from greenroom.infra.postgres.addresses import Addresses
from greenroom.kit.errors import Conflict, Invalid, NotFound
from greenroom.kit.ids import uuid7
from greenroom.tenancy import clients
from greenroom.tenancy.contracts import ClientChange
from tests.support.house import Tenant


@pytest.fixture(autouse=True)
def _wired() -> None:
    wiring.register_listeners()


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


async def changed(tenant: Tenant, id: Any, version: int, tone: str, reason: str = "") -> None:
    async with tenant.context() as ctx:
        form = CharacterChange(persona=Persona(tone=tone))
        await change.change(ctx, id, form, version=version, reason=reason)


async def made(tenant: Tenant, **fields: Any) -> Any:
    async with tenant.context() as ctx:
        return (await create(ctx, NewCharacter(template="ledger", **fields))).id


async def test_each_version_is_a_commit_with_its_author_time_and_reason(tenant: Tenant, tmp_path: Path) -> None:
    id = await made(tenant)
    await changed(tenant, id, 1, "dry", "Less sugar\n\nGreenroom-Version: x/character/x 99")
    folder = tmp_path / "definitions"
    assert await export_all(tenant.house, None, folder) == 2
    log = git(folder, "log", "--format=%an|%ae|%s").splitlines()
    assert log == [
        f"Ada|{tenant.user}@greenroom.invalid|Character Nora Ledger: version 2",
        f"Ada|{tenant.user}@greenroom.invalid|Character Nora Ledger: version 1",
    ]
    assert "Less sugar" in git(folder, "log", "-1", "--format=%b")
    async with tenant.context() as ctx:
        at = await ctx.db.value("select at from definition_version where number = 2")
    assert int(git(folder, "log", "-1", "--format=%at")) == int(at.timestamp())
    path = f"{tenant.client}/character/{id}.json"
    assert json.loads((folder / path).read_text())["persona"]["tone"] == "dry"
    assert json.loads(git(folder, "show", f"HEAD~1:{path}"))["persona"]["tone"] == "calm"
    git(folder, "fsck", "--strict")


async def test_done_again_it_appends_only_what_is_new(tenant: Tenant, tmp_path: Path) -> None:
    id = await made(tenant)
    folder = tmp_path / "definitions"
    assert await export_all(tenant.house, None, folder) == 1
    first = git(folder, "rev-parse", "HEAD")
    assert await export_all(tenant.house, None, folder) == 0
    assert git(folder, "rev-parse", "HEAD") == first
    await changed(tenant, id, 1, "dry")
    await made(tenant, name="Ida")
    async with tenant.context() as ctx:
        await clients.change_client(ctx, tenant.client, 1, ClientChange(colour="#112233"))
    assert await export_all(tenant.house, None, folder) == 4
    assert git(folder, "rev-parse", "HEAD~4") == first
    assert git(folder, "status", "--porcelain") == ""
    # The same versions are the same history, byte for byte.
    other = tmp_path / "other"
    assert await export_all(tenant.house, None, other) == 5
    assert git(other, "rev-parse", "HEAD") == git(folder, "rev-parse", "HEAD")


async def test_more_than_a_batch_and_names_that_would_break_the_stream(tenant: Tenant, tmp_path: Path) -> None:
    id = uuid7()
    async with tenant.context() as ctx:
        await ctx.db.execute("update app_user set name = %(name)s", {"name": "Ada <root@x> \n\u202eM 100644 inline x"})
        for number in range(450):
            document = {"name": f"data 3\nabc {number}", "text": "\n\ndone\ncommit refs/heads/evil\n"}
            await versions.kept(ctx, "workflow", id, document, reason="done\n\nfrom refs/heads/main")
    assert await export_all(tenant.house, None, tmp_path / "x") == 450
    assert git(tmp_path / "x", "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert git(tmp_path / "x", "rev-list", "--count", "HEAD") == "450"
    assert git(tmp_path / "x", "log", "-1", "--format=%an") == "Ada root@x M 100644 inline x"
    assert git(tmp_path / "x", "ls-files") == f"{tenant.client}/workflow/{id}.json"


def everything(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def _filled(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")


def _a_repository(folder: Path) -> None:
    git(folder, "init", "--quiet")


def _of_others(folder: Path) -> None:
    _a_repository(folder)
    git(folder, "config", "greenroom.organisation", str(uuid7()))


@pytest.mark.parametrize("prepare", [_filled, _a_repository, _of_others])
async def test_a_folder_that_holds_something_else_is_left_alone(
    tenant: Tenant, tmp_path: Path, prepare: Callable[[Path], None]
) -> None:
    await made(tenant)
    prepare(tmp_path)
    before = everything(tmp_path)
    with pytest.raises(Conflict, match="folder"):
        await export_all(tenant.house, None, tmp_path)
    assert everything(tmp_path) == before


async def test_changes_of_ones_own_are_not_thrown_away(tenant: Tenant, tmp_path: Path) -> None:
    id = await made(tenant)
    await export_all(tenant.house, None, tmp_path / "x")
    file = tmp_path / "x" / f"{tenant.client}/character/{id}.json"
    file.write_text("mine")
    with pytest.raises(Conflict, match="changes of its own"):
        await export_all(tenant.house, None, tmp_path / "x")
    assert file.read_text() == "mine"


async def test_it_is_one_organisations_and_says_which_when_there_are_several(
    tenant: Tenant, other_tenant: Tenant, tmp_path: Path
) -> None:
    with pytest.raises(NotFound):
        await export_all(tenant.house, None, tmp_path / "x")
    mine, theirs = await made(tenant), await made(other_tenant)
    with pytest.raises(Invalid, match="--organisation"):
        await export_all(tenant.house, None, tmp_path / "x")
    assert await export_all(tenant.house, tenant.organisation, tmp_path / "x") == 1
    assert (str(mine) in git(tmp_path / "x", "ls-files"), str(theirs) in git(tmp_path / "x", "ls-files")) == (
        True,
        False,
    )


async def test_an_archived_clients_definitions_are_there_too(tenant: Tenant, tmp_path: Path) -> None:
    await made(tenant)
    async with tenant.context() as ctx:
        await ctx.db.execute("update client set status = 'archived'")
    assert await export_all(tenant.house, None, tmp_path / "x") == 1


def test_the_command_itself(
    database_urls: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GREENROOM_DATABASE_URL", database_urls.app)
    monkeypatch.setenv("GREENROOM_OWNER_DATABASE_URL", database_urls.owner)
    assert main.run(["definitions", "export", str(tmp_path / "x")]) == 2
    assert "no definitions with versions yet" in capsys.readouterr().err
