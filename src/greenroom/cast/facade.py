"""The cast's door: characters for the rooms above."""

from uuid import UUID

from greenroom.cast import store
from greenroom.cast.artist import lend
from greenroom.cast.create import create
from greenroom.cast.portrait import portrait
from greenroom.cast.read import find, presenters
from greenroom.infra.context import Context
from greenroom.kit.errors import NotFound

__all__ = ["create", "find", "lend", "place_page", "portrait", "presenters"]


async def place_page(ctx: Context, character: UUID, page_url: str) -> None:
    """Note where the character's public page is; the room that serves it calls this."""
    if not await store.place_page(ctx, character, page_url):
        raise NotFound(store.MISSING)
