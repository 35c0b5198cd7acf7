"""The statements on gr.character."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from greenroom.infra.context import Context
from greenroom.infra.database import Row

_CHARACTERS = """select id, client_id, version, name, handle, status, profile, persona, palette, seed, voice,
                        disclosure, portrait_id, page_url, created_at, updated_at, deleted_at
                 from character where organisation_id = %(organisation)s and client_id = any(%(clients)s)"""
_JSON = ("profile", "persona", "palette", "voice", "disclosure")
CHANGEABLE = ("name", "status", "profile", "persona", "palette", "voice", "disclosure", "seed", "portrait_id")
MISSING = "There is no such character here"


async def insert(ctx: Context, row: dict[str, Any]) -> None:
    await ctx.db.execute(
        """insert into character (organisation_id, client_id, id, name, handle, profile, persona, palette, seed,
                                  voice, disclosure, portrait_id)
           values (%(organisation)s, %(client)s, %(id)s, %(name)s, %(handle)s, %(profile)s, %(persona)s, %(palette)s,
                   %(seed)s, %(voice)s, %(disclosure)s, %(portrait_id)s)""",
        {"organisation": ctx.organisation, **_packed(row)},
    )


async def by_id(ctx: Context, character: UUID) -> Row:
    return await ctx.db.one(_CHARACTERS + " and id = %(id)s", {**ctx.tenant, "id": character}, missing=MISSING)


async def locked(ctx: Context, character: UUID) -> Row:
    """The row, held until the transaction ends."""
    return await ctx.db.one(
        _CHARACTERS + " and id = %(id)s for update", {**ctx.tenant, "id": character}, missing=MISSING
    )


async def presenters(ctx: Context, characters: list[UUID]) -> list[Row]:
    """Of each only what a list of its work shows."""
    return await ctx.db.all(
        """select id, name, portrait_id from character
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = any(%(ids)s)""",
        {**ctx.tenant, "ids": characters},
    )


async def page(
    ctx: Context, *, words: str | None, deleted: bool, after: tuple[datetime, UUID] | None, limit: int
) -> list[Row]:
    """Newest first; `words` are looked for in name, handle and biography, as typed."""
    at, last = after or (None, None)
    return await ctx.db.all(
        _CHARACTERS
        + """ and (deleted_at is not null) = %(deleted)s
              and (%(words)s::text is null or position(
                     lower(%(words)s) in lower(name || ' ' || handle || ' ' || (profile ->> 'biography'))) > 0)
              and (%(at)s::timestamptz is null or (created_at, id) < (%(at)s, %(last)s::uuid))
              order by created_at desc, id desc limit %(limit)s""",
        {**ctx.tenant, "words": words, "deleted": deleted, "at": at, "last": last, "limit": limit},
    )


async def handles_like(ctx: Context, client: UUID, plain: str) -> set[str]:
    """The handles of this client that begin like `plain`, deleted characters' too."""
    rows = await ctx.db.all(
        """select handle from character
           where organisation_id = %(organisation)s and client_id = %(client)s and starts_with(handle, %(plain)s)""",
        {"organisation": ctx.organisation, "client": client, "plain": plain},
    )
    return {row["handle"] for row in rows}


async def update(ctx: Context, character: UUID, changes: dict[str, Any]) -> None:
    """Set what is given of `CHANGEABLE` and count the version up."""
    await ctx.db.execute(
        """update character
           set name = coalesce(%(name)s, name), status = coalesce(%(status)s, status),
               profile = coalesce(%(profile)s, profile), persona = coalesce(%(persona)s, persona),
               palette = coalesce(%(palette)s, palette), voice = coalesce(%(voice)s, voice),
               disclosure = coalesce(%(disclosure)s, disclosure), seed = coalesce(%(seed)s, seed),
               portrait_id = coalesce(%(portrait_id)s, portrait_id), version = version + 1, updated_at = now()
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": character, **dict.fromkeys(CHANGEABLE), **_packed(changes)},
    )


async def put_away(ctx: Context, character: UUID, at: datetime | None) -> None:
    """Delete the character as of `at`; None brings it back."""
    await ctx.db.execute(
        """update character set deleted_at = %(at)s, version = version + 1, updated_at = now()
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": character, "at": at},
    )


async def place_page(ctx: Context, character: UUID, page_url: str) -> int:
    """The page's address is not the author's to change, so it leaves the version alone."""
    return await ctx.db.execute(
        """update character set page_url = %(page_url)s
           where organisation_id = %(organisation)s and client_id = any(%(clients)s) and id = %(id)s""",
        {**ctx.tenant, "id": character, "page_url": page_url},
    )


def _packed(row: dict[str, Any]) -> dict[str, Any]:
    return {key: Jsonb(value) if key in _JSON else value for key, value in row.items()}
