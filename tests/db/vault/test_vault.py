"""Secrets in the database: kept, opened on record, replaced, forgotten; refused when they are not what was kept."""

import logging
import traceback
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from greenroom.infra.database import Database
from greenroom.infra.postgres.addresses import Addresses
from greenroom.infra.vault.errors import Erased, Expired, Unreadable, WrongKey
from greenroom.infra.vault.key_files import KeyFiles
from greenroom.infra.vault.secret import Secret
from greenroom.infra.vault.vault import Vault
from greenroom.kit.errors import Invalid, NotFound, Stale
from greenroom.kit.ids import uuid7
from tests.support.house import Tenant

ACCOUNT = ("account", UUID(int=7))


async def test_a_secret_opens_with_a_record_of_who_and_why(tenant: Tenant) -> None:
    id = await put(tenant, "sk-0123456789abcdef-wxyz", hint=True)
    async with tenant.context() as ctx:
        assert (await ctx.house.vault.describe(ctx, id)).last_used_at is None
        assert (await ctx.house.vault.open(ctx, id, why="publish")).text() == "sk-0123456789abcdef-wxyz"
        described = await ctx.house.vault.describe(ctx, id)
        (opened,) = await events(tenant, "vault.opened", ctx)
    assert (described.hint, described.kind, described.subject) == ("…wxyz", "api_key", ACCOUNT)
    assert described.last_used_at is not None
    assert opened["actor"] == f"user:{tenant.user}"
    assert (opened["subject_id"], opened["client_id"]) == (id, tenant.client)
    assert opened["data"] == {"kind": "api_key", "why": "publish"}


async def test_a_secret_is_listed_by_kind_and_subject_without_its_value(tenant: Tenant) -> None:
    mine, _ = await put(tenant, "a"), await put(tenant, "b", subject=None, kind="password")
    async with tenant.context() as ctx:
        assert [one.id for one in await ctx.house.vault.list(ctx, kind="api_key")] == [mine]
        assert [one.id for one in await ctx.house.vault.list(ctx, subject=ACCOUNT)] == [mine]
        assert len(await ctx.house.vault.list(ctx)) == 2


async def test_a_replaced_one_has_a_new_version_and_of_two_renewals_one_wins(tenant: Tenant) -> None:
    id = await put(tenant, "old")
    async with tenant.context() as ctx:
        assert await ctx.house.vault.replace(ctx, id, "new", version=1) == 2
    async with tenant.context() as ctx:
        with pytest.raises(Stale):
            await ctx.house.vault.replace(ctx, id, "newer", version=1)
    assert await opened(tenant, id) == b"new"


async def test_a_forgotten_one_is_gone(tenant: Tenant) -> None:
    id = await put(tenant, "a")
    async with tenant.context() as ctx:
        await ctx.house.vault.forget(ctx, id)
    with pytest.raises(NotFound):
        await opened(tenant, id)


async def test_past_its_date_it_is_refused(tenant: Tenant) -> None:
    id = await put(tenant, "a", expires_at=tenant.house.clock.now() - timedelta(seconds=1))
    with pytest.raises(Expired):
        await opened(tenant, id)


@pytest.mark.parametrize("value", ["", b"", "x" * 65_537])
async def test_a_value_has_bounds(tenant: Tenant, value: str | bytes) -> None:
    with pytest.raises(Invalid):
        await put(tenant, value)


async def test_nobody_else_opens_it(tenant: Tenant, other_tenant: Tenant) -> None:
    own, whole = await put(tenant, "a"), await put(tenant, "b", whole=True)
    for id in (own, whole):
        with pytest.raises(NotFound) as hidden:
            await opened(other_tenant, id)
        with pytest.raises(NotFound) as none:
            await opened(other_tenant, uuid7())
        assert str(hidden.value) == str(none.value)
    async with tenant.context(clients=(uuid7(),)) as ctx:  # another client of the same organisation
        assert (await ctx.house.vault.open(ctx, whole, why="test")).text() == "b"
        with pytest.raises(NotFound):
            await ctx.house.vault.open(ctx, own, why="test")


TAMPERINGS = {
    "a flipped bit": "update gr.secret set sealed = set_bit(sealed, 200, 1 - get_bit(sealed, 200)) where id = %(id)s",
    "cut to nothing": "update gr.secret set sealed = '' where id = %(id)s",
    "another row's value": """update gr.secret set sealed = (select sealed from gr.secret where id = %(other)s)
                              where id = %(id)s""",
    "another version": "update gr.secret set version = version + 1 where id = %(id)s",
    "another kind": "update gr.secret set kind = 'password' where id = %(id)s",
    "another subject": "update gr.secret set subject_id = gen_random_uuid() where id = %(id)s",
    "given to everybody": "update gr.secret set client_id = null where id = %(id)s",
    "another data key": "update gr.data_key set wrapped = set_bit(wrapped, 9, 1 - get_bit(wrapped, 9))",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
async def test_what_was_changed_from_outside_is_refused_with_an_event(
    tenant: Tenant, database_urls: Addresses, tampering: str
) -> None:
    id, other = await put(tenant, "the one"), await put(tenant, "other 1")
    as_superuser(database_urls, TAMPERINGS[tampering], id=id, other=other)
    with pytest.raises(Unreadable, match="changed outside Greenroom"):
        await opened(tenant, id)
    (refused,) = await events(tenant, "vault.refused")
    assert (refused["severity"], refused["subject_id"]) == ("critical", id)
    assert await events(tenant, "vault.opened") == []


async def test_a_row_copied_to_another_organisation_is_refused_there(
    tenant: Tenant, other_tenant: Tenant, database_urls: Addresses
) -> None:
    id, copy = await put(tenant, "mine"), await put(other_tenant, "theirs")
    params = {"id": id, "copy": copy, "a": tenant.organisation, "b": other_tenant.organisation}
    for statement in (
        "update gr.secret set sealed = (select sealed from gr.secret where id = %(id)s) where id = %(copy)s",
        # with its data key too
        """update gr.data_key set wrapped = (select wrapped from gr.data_key where organisation_id = %(a)s)
           where organisation_id = %(b)s""",
    ):
        as_superuser(database_urls, statement, **params)
        with pytest.raises(Unreadable):
            await opened(other_tenant, copy)
    assert len(await events(other_tenant, "vault.refused")) == 2
    assert await opened(tenant, id) == b"mine"


async def test_last_weeks_ciphertext_put_back_is_refused(tenant: Tenant, database_urls: Addresses) -> None:
    id = await put(tenant, "last week's")
    as_superuser(database_urls, "create table public.kept as select * from gr.secret")
    async with tenant.context() as ctx:
        await ctx.house.vault.replace(ctx, id, "today's")
    back = "update gr.secret s set sealed = k.sealed {} from public.kept k where k.id = s.id"
    with pytest.raises(psycopg.errors.RaiseException, match="does not go back"):
        as_superuser(database_urls, back.format(", version = k.version"), triggers=True)
    with pytest.raises(psycopg.errors.RaiseException, match="does not go back"):
        as_superuser(database_urls, back.format(", key_version = 0"), triggers=True)
    as_superuser(database_urls, back.format(""))
    with pytest.raises(Unreadable):
        await opened(tenant, id)


async def test_erased_keys_make_every_secret_unreadable_and_no_others(tenant: Tenant, other_tenant: Tenant) -> None:
    ids = [await put(tenant, f"secret {n}") for n in range(5)]
    theirs = await put(other_tenant, "theirs")
    async with tenant.context() as ctx:
        assert await ctx.house.vault.erase(ctx) == 1
    for id in ids:
        with pytest.raises(Erased):
            await opened(tenant, id)
    assert await opened(other_tenant, theirs) == b"theirs"
    again = await put(tenant, "entered again")
    assert await opened(tenant, again) == b"entered again"
    with pytest.raises(Erased):
        await opened(tenant, ids[0])


async def test_a_start_with_the_wrong_key_is_refused_and_writes_nothing(
    tenant: Tenant, database_urls: Addresses, tmp_path: Any
) -> None:
    id = await put(tenant, "a")
    database = Database(database_urls.app, size=1)
    await database.open()
    empty, wrong = tmp_path / "empty", tmp_path / "wrong"
    KeyFiles(wrong).make()
    try:
        for folder, files in ((empty, []), (wrong, ["vault.key"])):
            with pytest.raises(WrongKey, match="Put that key into"):
                await Vault(KeyFiles(folder)).start(database)
            assert [path.name for path in folder.glob("*")] == files
        await Vault(KeyFiles(tenant.house.settings.vault_folder)).start(database)
    finally:
        await database.close()
    assert await opened(tenant, id) == b"a"


async def test_a_machine_with_another_key_adds_no_data_key(tenant: Tenant, other_tenant: Tenant, tmp_path: Any) -> None:
    await put(tenant, "a")
    KeyFiles(tmp_path / "other").make()
    stranger = Vault(KeyFiles(tmp_path / "other"))
    async with other_tenant.context() as ctx:
        with pytest.raises(WrongKey):
            await stranger.put(ctx, "b", kind="api_key")
        assert await ctx.db.all("select * from data_key") == []


async def test_no_log_and_no_traceback_shows_a_secret(tenant: Tenant, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    canary = Secret(f"ZZCANARY{uuid7().hex}")
    shown = []
    for kind in ("api_key", "no such kind!"):  # the second one is refused by the database
        try:
            id = await put(tenant, canary, kind=kind)
            async with tenant.context() as ctx:
                await ctx.house.vault.open(ctx, id, why="test")
                raise LookupError("after it was opened")
        except (LookupError, psycopg.errors.CheckViolation) as error:
            shown += traceback.TracebackException.from_exception(error, capture_locals=True).format()
    assert "after it was opened" in "".join(shown)
    assert "CheckViolation" in "".join(shown)
    assert canary.text() not in "".join(shown) + caplog.text


async def put(tenant: Tenant, value: Secret | str | bytes, *, kind: str = "api_key", **given: Any) -> UUID:
    async with tenant.context() as ctx:
        return await ctx.house.vault.put(ctx, value, kind=kind, **{"subject": ACCOUNT, **given})


async def opened(tenant: Tenant, id: UUID) -> bytes:
    async with tenant.context() as ctx:
        return (await ctx.house.vault.open(ctx, id, why="test")).reveal()


async def events(tenant: Tenant, kind: str, ctx: Any = None) -> list[dict[str, Any]]:
    if ctx is not None:
        return list(await ctx.db.all("select * from event where kind = %(kind)s", {"kind": kind}))
    async with tenant.context() as ctx:
        return await events(tenant, kind, ctx)


def as_superuser(urls: Addresses, statement: str, *, triggers: bool = False, **params: Any) -> None:
    """Run it as somebody whom neither policies nor, unless asked, triggers hold back."""
    assert urls.superuser is not None
    with psycopg.connect(urls.superuser) as connection:
        connection.execute(f"set session_replication_role = {'origin' if triggers else 'replica'}")
        connection.execute(statement, params)
