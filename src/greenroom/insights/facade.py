"""The insights' door: numbers for the rooms that show them beside their own records."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from greenroom.channels.contracts import Counts
from greenroom.infra.context import Context
from greenroom.insights import store


class PageCounting:
    """Fills `channels.contracts.Counting` from what was counted on the public pages."""

    async def posts(self, ctx: Context, posts: Iterable[UUID]) -> Mapping[UUID, Counts]:
        rows = await store.by_post(ctx, posts)
        return {row["post_id"]: Counts(views=row["views"], clicks=row["clicks"]) for row in rows}

    async def links(self, ctx: Context, links: Iterable[UUID]) -> Mapping[UUID, int]:
        return {row["link_id"]: row["clicks"] for row in await store.by_link(ctx, links)}
