"""Characters as definitions with versions: read as they stand, restored by the same rules as any change."""

from typing import Any
from uuid import UUID

from greenroom.cast import store
from greenroom.cast.change import change
from greenroom.cast.contracts import CharacterChange
from greenroom.cast.definition import KIND, said
from greenroom.infra.context import Context
from greenroom.infra.versions import Definition, Present


async def present(ctx: Context, character: UUID) -> Present:
    """The character as it stands, a deleted one too."""
    row = await store.by_id(ctx, character)
    return Present(row["client_id"], row["version"], said(row))


async def apply(ctx: Context, character: UUID, document: dict[str, Any], version: int, reason: str) -> None:
    """Change the character to what the document says. Raises Stale, Conflict, Refused, Invalid, ValidationError."""
    await change(ctx, character, CharacterChange.model_validate(document), version=version, reason=reason)


CHARACTER = Definition(kind=KIND, title="Character", read=present, apply=apply)
