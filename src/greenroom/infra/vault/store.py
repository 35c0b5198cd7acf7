"""The statements on gr.secret and gr.data_key."""

from typing import Any
from uuid import UUID

import psycopg

from greenroom.infra import locks
from greenroom.infra.context import Context
from greenroom.infra.database import Row, Tx
from greenroom.kit.errors import Unavailable

IN_USE = "select distinct wrapped_by from gr.vault_keys()"
"""The ids of the master keys that living data keys are wrapped by, in all organisations."""

_OWN = "s.organisation_id = %(organisation)s and (s.client_id is null or s.client_id = any(%(clients)s))"
_DESCRIBED = """s.id, s.client_id, s.kind, s.subject_type, s.subject_id, s.hint, s.version, s.expires_at,
                s.last_used_at, s.created_at, s.updated_at"""
_WITH_KEY = f"""select {_DESCRIBED}, s.organisation_id, s.sealed, s.key_version, k.wrapped, k.wrapped_by, k.erased_at
                from secret s join data_key k on k.organisation_id = s.organisation_id and k.version = s.key_version
                where {_OWN}"""


async def insert(ctx: Context, secret: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into secret (organisation_id, client_id, id, kind, subject_type, subject_id, sealed, key_version,
                               hint, expires_at)
           values (%(organisation_id)s, %(client_id)s, %(id)s, %(kind)s, %(subject_type)s, %(subject_id)s,
                   %(sealed)s, %(key_version)s, %(hint)s, %(expires_at)s)""",
        secret,
    )


async def secret(ctx: Context, secret: UUID) -> Row:
    """The row with its data key, in one statement: a rotation beside it is seen whole or not at all."""
    return await ctx.db.one(
        f"{_WITH_KEY} and s.id = %(id)s", {**ctx.tenant, "id": secret}, missing="There is no such secret here"
    )


async def held(ctx: Context, secret: UUID) -> Row:
    """The row alone, locked. With its data key joined it would seem gone when a rotation had it a moment before."""
    return await ctx.db.one(
        f"select {_DESCRIBED}, s.organisation_id from secret s where {_OWN} and s.id = %(id)s for no key update",
        {**ctx.tenant, "id": secret},
        missing="There is no such secret here",
    )


async def secrets(ctx: Context, kind: str | None, subject: tuple[str, UUID] | None) -> list[Row]:
    subject_type, subject_id = subject or (None, None)
    return await ctx.db.all(
        f"""select {_DESCRIBED} from secret s
            where {_OWN} and (%(kind)s::text is null or s.kind = %(kind)s)
              and (%(subject_type)s::text is null
                   or (s.subject_type = %(subject_type)s and s.subject_id = %(subject_id)s))
            order by s.created_at, s.id""",
        {**ctx.tenant, "kind": kind, "subject_type": subject_type, "subject_id": subject_id},
    )


async def touch(ctx: Context, secret: UUID) -> None:
    """Note the use; passed over when another transaction has the row, which notes or changes it anyway."""
    await ctx.db.execute(
        f"""update secret set last_used_at = %(now)s
            where organisation_id = %(organisation)s and id = (
              select s.id from secret s where {_OWN} and s.id = %(id)s for no key update skip locked)""",
        {**ctx.tenant, "id": secret, "now": ctx.clock.now()},
    )


async def write_value(ctx: Context, secret: dict[str, Any]) -> None:
    await ctx.db.execute(
        f"""update secret s set sealed = %(sealed)s, key_version = %(key_version)s, version = %(version)s,
                   hint = %(hint)s, expires_at = %(expires_at)s, updated_at = now()
            where {_OWN} and s.id = %(id)s""",
        {**ctx.tenant, **secret},
    )


async def delete(ctx: Context, secret: UUID) -> bool:
    return (
        await ctx.db.execute(f"delete from secret s where {_OWN} and s.id = %(id)s", {**ctx.tenant, "id": secret}) > 0
    )


async def newest_key(ctx: Context) -> Row | None:
    """The data key that seals; held, so that no rotation removes it before this transaction ends."""
    return await ctx.db.maybe(
        """select version, wrapped, wrapped_by from data_key
           where organisation_id = %(organisation)s and erased_at is null
           order by version desc limit 1 for key share""",
        {"organisation": ctx.organisation},
    )


async def add_key(ctx: Context, by: str, wrapped: bytes) -> None:
    """A next version; nothing when another transaction adds the same one at the same time."""
    await ctx.db.execute(
        """insert into data_key (organisation_id, version, wrapped, wrapped_by)
           values (%(organisation)s, (select coalesce(max(version), 0) + 1 from data_key
                                      where organisation_id = %(organisation)s), %(wrapped)s, %(by)s)
           on conflict do nothing""",
        {"organisation": ctx.organisation, "wrapped": wrapped, "by": by},
    )


async def living_keys(ctx: Context) -> list[Row]:
    return await ctx.db.all(
        """select version, wrapped, wrapped_by from data_key
           where organisation_id = %(organisation)s and erased_at is null order by version for no key update""",
        {"organisation": ctx.organisation},
    )


async def write_wrapped(ctx: Context, version: int, by: str, wrapped: bytes) -> None:
    await ctx.db.execute(
        """update data_key set wrapped = %(wrapped)s, wrapped_by = %(by)s, updated_at = now()
           where organisation_id = %(organisation)s and version = %(version)s and erased_at is null""",
        {"organisation": ctx.organisation, "version": version, "wrapped": wrapped, "by": by},
    )


async def erase_keys(ctx: Context) -> int:
    return await ctx.db.execute(
        """update data_key set wrapped = null, wrapped_by = null, erased_at = now(), updated_at = now()
           where organisation_id = %(organisation)s and erased_at is null""",
        {"organisation": ctx.organisation},
    )


async def under_older_keys(ctx: Context, than: int, *, after: UUID | None, limit: int) -> list[Row]:
    """The next secrets that another than the newest data key sealed; those that somebody writes come later."""
    return await ctx.db.all(
        f"""{_WITH_KEY} and s.key_version < %(than)s and k.erased_at is null
            and (%(after)s::uuid is null or s.id > %(after)s)
            order by s.id limit %(limit)s for no key update of s skip locked""",
        {**ctx.tenant, "than": than, "after": after, "limit": limit},
    )


async def count_under_older_keys(ctx: Context, than: int) -> int:
    row = await ctx.db.one(
        f"""select count(*) as n from secret s
            join data_key k on k.organisation_id = s.organisation_id and k.version = s.key_version
            where {_OWN} and s.key_version < %(than)s and k.erased_at is null""",
        {**ctx.tenant, "than": than},
    )
    return int(row["n"])


async def write_sealed(ctx: Context, secrets: list[dict[str, Any]]) -> None:
    await ctx.db.execute_many(
        """update secret set sealed = %(sealed)s, key_version = %(key_version)s
           where organisation_id = %(organisation_id)s and id = %(id)s""",
        secrets,
    )


async def delete_unused_keys(ctx: Context, below: int) -> int:
    """Remove older data keys that seal nothing; a foreign key refuses one that still does."""
    return await ctx.db.execute(
        """delete from data_key k
           where k.organisation_id = %(organisation)s and k.version < %(below)s and k.erased_at is null
             and not exists (select from secret s
                             where s.organisation_id = k.organisation_id and s.key_version = k.version)""",
        {"organisation": ctx.organisation, "below": below},
    )


async def client_ids(db: Tx, organisation: UUID) -> list[UUID]:
    rows = await db.all("select id from client where organisation_id = %(id)s order by id", {"id": organisation})
    return [row["id"] for row in rows]


async def in_use(db: Tx) -> list[str]:
    """The same; raises Unavailable when the database has not heard of the vault yet."""
    try:
        return [row["wrapped_by"] for row in await db.all(IN_USE)]
    except psycopg.errors.UndefinedFunction as error:
        sentence = "The database is older than this version; set GREENROOM_OWNER_DATABASE_URL and run `greenroom up`"
        raise Unavailable(sentence) from error


async def keys_everywhere(db: Tx) -> list[Row]:
    """Organisation, version and master key of every living data key."""
    return await db.all("select organisation_id, version, wrapped_by from vault_keys()")


async def share_keys(db: Tx) -> None:
    """Until the end of the transaction no wrapping anew begins; one that began is waited for."""
    await db.execute("select pg_advisory_xact_lock_shared(%(lock)s)", {"lock": locks.VAULT})


async def await_sharers(db: Tx) -> None:
    """Return once every transaction that was about to add a data key has ended."""
    await db.execute("select pg_advisory_xact_lock(%(lock)s)", {"lock": locks.VAULT})
