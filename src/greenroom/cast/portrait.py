"""A character's portrait: drawn from its seed, kept as a file."""

import asyncio
from uuid import UUID

from greenroom.cast import store
from greenroom.cast.artist import artist
from greenroom.cast.contracts import Character, Palette
from greenroom.cast.read import character_of
from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.kit.chance import Chance
from greenroom.kit.ids import uuid7
from greenroom.media import facade as media
from greenroom.media.contracts import MediaFile

LARGEST_SEED = 2**53 - 1


def fresh_seed() -> int:
    return Chance(str(uuid7())).number(0, LARGEST_SEED)


async def draw(ctx: Context, *, name: str, palette: Palette, seed: int) -> MediaFile:
    """Draw and keep a portrait for the context's client."""
    drawn = await asyncio.to_thread(artist().portrait, name=name, palette=palette, seed=seed)
    return await media.keep(ctx, drawn, type="image/png", name="portrait.png")


async def redraw(ctx: Context, character: UUID, seed: int | None) -> Character:
    """Give the character the portrait of this seed, or of a fresh one."""
    row = await store.locked(ctx, character)
    ctx = ctx.within(row["client_id"])
    seed = fresh_seed() if seed is None else seed
    file = await draw(ctx, name=row["name"], palette=Palette(**row["palette"]), seed=seed)
    await store.update(ctx, character, {"seed": seed, "portrait_id": file.id})
    await events.emit(
        ctx, "cast.character.changed", subject=("character", character), message=f"{row['name']} has a new portrait"
    )
    return character_of(await store.by_id(ctx, character))


async def portrait(ctx: Context, character: UUID) -> MediaFile:
    """The portrait's file; NotFound when the character has none."""
    row = await store.by_id(ctx, character)
    return await media.get(ctx, row["portrait_id"])
