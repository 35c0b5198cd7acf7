"""Views and clicks beside posts and links, from whichever room keeps them; the entrypoint says which."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from greenroom.channels.contracts import Counting, Counts
from greenroom.infra.context import Context

_counting: list[Counting] = []


def count_with(counting: Counting) -> None:
    """Ask `counting` from now on."""
    _counting[:] = [counting]


async def posts(ctx: Context, posts: Iterable[UUID]) -> Mapping[UUID, Counts]:
    wanted = list(posts)
    return await _counting[0].posts(ctx, wanted) if _counting and wanted else {}


async def links(ctx: Context, links: Iterable[UUID]) -> Mapping[UUID, int]:
    wanted = list(links)
    return await _counting[0].links(ctx, wanted) if _counting and wanted else {}
