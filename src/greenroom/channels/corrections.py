"""How the corrections of a post are shown, and whether its platform has any."""

from typing import Any, Literal
from uuid import UUID

from greenroom.channels import correct_store as store
from greenroom.channels.contracts import Correction
from greenroom.channels.platforms.registry import adapter_for
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import NotFound

State = Literal["correcting", "corrected", "failed", "unknown"]


async def corrections(ctx: Context, post: UUID) -> tuple[Correction, ...]:
    """The first ones first."""
    return tuple(_shown(row) for row in await store.of_posts(ctx, [post]))


def ability(platform: str) -> dict[str, Any]:
    """`corrects` and `corrects_not` of the platform's posts."""
    try:
        able = adapter_for(platform).capabilities
    except NotFound as unknown:
        return {"corrects_not": unknown.detail}
    otherwise = able.corrects_not or f"{able.title} takes no corrections; take the post down and post it again"
    return {"corrects": able.corrects, "corrects_not": None if able.corrects else otherwise}


def _shown(row: Row) -> Correction:
    state: State = row["outcome"] or "correcting"
    same = ("number", "before", "after", "asked_by", "asked_at", "ended_at", "reason")
    return Correction(state=state, **{name: row[name] for name in same})
