"""Versions in the database: numbered without holes whoever writes, never changed, kept when the definition goes."""

import asyncio
from uuid import UUID

import psycopg
import pytest

from greenroom.cast import change
from greenroom.cast.contracts import CharacterChange, NewCharacter, Persona
from greenroom.cast.create import create
from greenroom.entrypoints import wiring
from greenroom.infra import versions
from greenroom.infra.versions import read, version_store
from greenroom.infra.versions.contracts import VersionSummary
from greenroom.kit.errors import NotFound
from greenroom.kit.ids import uuid7
from greenroom.tenancy import clients
from greenroom.tenancy.contracts import ClientChange
from tests.support.house import START, Tenant

ONE = uuid7()


@pytest.fixture(autouse=True)
def _wired() -> None:
    wiring.register_listeners()


async def listed(tenant: Tenant, kind: str, definition: UUID) -> list[VersionSummary]:
    async with tenant.context() as ctx:
        return (await read.list_versions(ctx, kind, definition, cursor=None, limit=50)).items


async def test_each_change_is_a_version_and_a_change_of_nothing_is_none(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        said = {"steps": ["open", "tap"], "pace": 1}
        assert await versions.kept(ctx, "workflow", ONE, said) == 1
        assert await versions.kept(ctx, "workflow", ONE, {"pace": 1.0, "steps": ["open", "tap"]}) == 1
        assert await versions.kept(ctx, "workflow", ONE, {**said, "pace": True}, reason="Why not") == 2
        assert await versions.kept(ctx, "workflow", uuid7(), said) == 1
        newest = await version_store.one(ctx, "workflow", ONE, 2)
    assert (newest["reason"], newest["author"], newest["author_id"]) == ("Why not", "user", tenant.user)
    assert newest["document"]["pace"] is True


async def test_what_stood_before_comes_first_and_names_nobody(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        assert await versions.kept(ctx, "workflow", ONE, {"n": 2}, before={"n": 1}) == 2
        assert await versions.kept(ctx, "workflow", ONE, {"n": 3}, before={"n": 2}) == 3
        # Changed by other means meanwhile: that is in the list too.
        assert await versions.kept(ctx, "workflow", ONE, {"n": 5}, before={"n": 4}) == 5
        rows = await version_store.page(ctx, "workflow", ONE, before=None, limit=10)
    assert [(row["number"], row["document"]["n"], row["author_id"]) for row in reversed(rows)] == [
        (1, 1, None), (2, 2, tenant.user), (3, 3, tenant.user), (4, 4, None), (5, 5, tenant.user),
    ]  # fmt: skip


async def test_many_writers_at_once_number_without_holes(tenant: Tenant) -> None:
    async def write(writer: int) -> None:
        for step in range(5):
            async with tenant.context() as ctx:
                await versions.kept(ctx, "workflow", ONE, {"by": writer, "step": step})

    await asyncio.gather(*(write(writer) for writer in range(4)))
    async with tenant.context() as ctx:
        rows = await version_store.page(ctx, "workflow", ONE, before=None, limit=50)
    assert [row["number"] for row in rows] == list(range(20, 0, -1))
    assert all(row["document"] != row["document_before"] for row in rows)


async def test_a_change_that_is_rolled_back_leaves_its_number_free(tenant: Tenant) -> None:
    async def failing() -> None:
        async with tenant.context() as ctx:
            await versions.kept(ctx, "workflow", ONE, {"n": 1})
            await ctx.db.execute("select 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        await failing()
    async with tenant.context() as ctx:
        assert await versions.kept(ctx, "workflow", ONE, {"n": 2}) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update definition_version set reason = 'x'",
        "delete from definition_version",
        "truncate definition_version",
        """insert into definition_version (organisation_id, client_id, kind, definition_id, number, document,
                                           author, at)
           select organisation_id, client_id, kind, definition_id, 1, '{}', 'x', now() from definition_version
           on conflict (organisation_id, client_id, kind, definition_id, number) do update set document = '{}'""",
    ],
)
async def test_the_application_cannot_change_what_was_kept(tenant: Tenant, statement: str) -> None:
    async with tenant.context() as ctx:
        await versions.kept(ctx, "workflow", ONE, {"n": 1})
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with tenant.context() as ctx:
            await ctx.db.execute(statement)


async def test_the_schema_itself_takes_no_hole(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        await versions.kept(ctx, "workflow", ONE, {"n": 1})
    row = {"client": tenant.client, "kind": "workflow", "id": ONE, "number": 3, "document": {"n": 3}}
    row |= {"author": "user", "author_id": None, "reason": "", "at": START}
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        async with tenant.context() as ctx:
            await version_store.add(ctx, row)


async def test_a_characters_versions_stay_when_it_is_deleted(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(template="ledger"))
        persona = made.persona.model_copy(update={"tone": "dry"})
        await change.change(ctx, made.id, CharacterChange(persona=persona), version=1)
        await change.change(ctx, made.id, CharacterChange(status="resting"), version=2)
        await change.delete(ctx, made.id)
    items = await listed(tenant, "character", made.id)
    assert [(one.number, one.author, one.changed) for one in items] == [(2, "Ada", ("persona",)), (1, "Ada", ())]


async def test_what_was_made_before_versions_were_kept_is_in_the_list(tenant: Tenant) -> None:
    assert await listed(tenant, "client", tenant.client) == []
    async with tenant.context() as ctx:
        await clients.change_client(ctx, tenant.client, 1, ClientChange(name="Blue Door Two"), reason="They moved")
    newest, first = await listed(tenant, "client", tenant.client)
    assert (newest.author, newest.reason, newest.changed) == ("Ada", "They moved", ("name",))
    assert (first.author, first.author_id) == ("Greenroom", None)
    async with tenant.context() as ctx:
        assert (await read.at(ctx, "client", tenant.client, 1)).document["name"] == "Blue Door One"


async def test_a_name_that_is_erased_is_in_no_version(tenant: Tenant) -> None:
    async with tenant.context() as ctx:
        made = await create(ctx, NewCharacter(name="Ida", persona=Persona(tone="calm")))
        versions.name_authors_with(_nobody)
        try:
            one = await read.at(ctx, "character", made.id, 1)
        finally:
            wiring.register_definitions()
    assert one.author == "Somebody who is no longer here"


async def _nobody(*_: object) -> dict[object, str]:
    return {}


async def test_anothers_versions_are_not_there(tenant: Tenant, other_tenant: Tenant) -> None:
    async with other_tenant.context() as ctx:
        await versions.kept(ctx, "workflow", ONE, {"n": 1})
    async with tenant.context() as ctx:
        assert await versions.kept(ctx, "workflow", ONE, {"n": 2}) == 1
        with pytest.raises(NotFound):
            await version_store.one(ctx, "workflow", ONE, 2)
