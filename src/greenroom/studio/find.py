"""Finding contents for those who name many of them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.kit.errors import NotFound
from greenroom.studio import content_store


async def clients_of(ctx: Context, contents: Collection[UUID]) -> Mapping[UUID, UUID]:
    """The client of each of these contents; NotFound when one of them is not here."""
    found = {row["id"]: row["client_id"] for row in await content_store.clients_of(ctx, list(contents))}
    if set(contents) - found.keys():
        raise NotFound(content_store.MISSING)
    return found


async def titled(ctx: Context, names: Collection[str]) -> Mapping[str, tuple[UUID, ...]]:
    """The contents whose title, or topic while they have none, is exactly one of these."""
    found: dict[str, tuple[UUID, ...]] = {}
    for row in await content_store.titled(ctx, list(names)):
        found[row["title"]] = (*found.get(row["title"], ()), row["id"])
    return found
