"""The studio's events."""

from typing import Any
from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Context


async def changed(ctx: Context, content: UUID, message: str, **data: Any) -> None:
    """Say that a video's status or one of its stages changed."""
    await events.emit(ctx, "studio.content.changed", subject=("content", content), message=message, data=data)
