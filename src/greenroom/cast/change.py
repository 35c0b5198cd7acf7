"""Editing, deleting and restoring a character."""

from typing import Any
from uuid import UUID

from greenroom.cast import store
from greenroom.cast.contracts import Character, CharacterChange, Palette
from greenroom.cast.definition import KIND, said
from greenroom.cast.judge import judge
from greenroom.cast.portrait import draw
from greenroom.cast.read import character_of
from greenroom.infra import audit, events, versions
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Conflict, Stale


async def change(
    ctx: Context, character: UUID, changes: CharacterChange, *, version: int, reason: str = ""
) -> Character:
    """Change what is given, and keep what it says then as a version; the portrait follows name and palette.

    Raises Stale with the present state, Conflict when it is deleted, Refused, Invalid.
    """
    row = await store.locked(ctx, character)
    ctx = ctx.within(row["client_id"])
    if row["version"] != version:
        raise Stale(
            f"{row['name']} was changed meanwhile; look at it again and repeat your change",
            current=character_of(row),
        )
    if row["deleted_at"] is not None:
        raise Conflict(f"{row['name']} is deleted; restore it first")
    given: dict[str, Any] = {
        field: getattr(changes, field) for field in changes.model_fields_set if getattr(changes, field) is not None
    }
    if not given:
        return character_of(row)
    judge(given)
    if {"name", "palette"} & given.keys():
        given["portrait_id"] = await _portrait(ctx, row, given)
    await store.update(ctx, character, given)
    now = await store.by_id(ctx, character)
    await versions.kept(ctx, KIND, character, said(now), before=said(row), reason=reason)
    return await _changed(ctx, character, "was edited", row, reason)


async def delete(ctx: Context, character: UUID) -> None:
    """Put the character away; it can be restored. Doing it twice changes nothing."""
    row = await store.locked(ctx, character)
    if row["deleted_at"] is None:
        await store.put_away(ctx, character, ctx.clock.now())
        await _changed(ctx.within(row["client_id"]), character, "was deleted", row)


async def restore(ctx: Context, character: UUID) -> Character:
    """Bring a deleted character back as it was."""
    row = await store.locked(ctx, character)
    if row["deleted_at"] is None:
        return character_of(row)
    await store.put_away(ctx, character, None)
    return await _changed(ctx.within(row["client_id"]), character, "was restored", row)


async def _portrait(ctx: Context, row: Row, given: dict[str, Any]) -> UUID:
    seen = {"name": row["name"], "palette": Palette(**row["palette"]), **given}
    return (await draw(ctx, name=seen["name"], palette=seen["palette"], seed=row["seed"])).id


async def _changed(ctx: Context, character: UUID, what: str, before: Row, reason: str = "") -> Character:
    row = await store.by_id(ctx, character)
    await events.emit(
        ctx,
        "cast.character.changed",
        subject=("character", character),
        message=f"{row['name']} {what}",
        data={"deleted": row["deleted_at"] is not None},
    )
    await audit.record(
        ctx,
        "character.changed",
        ("character", character),
        before=character_of(before).model_dump(),
        after=character_of(row).model_dump(),
        client=row["client_id"],
        reason=reason,
    )
    return character_of(row)
