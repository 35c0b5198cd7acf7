"""Which phones a context reaches: those of its clients; those of nobody are a super user's."""

from typing import Any

from greenroom.infra.context import Context
from greenroom.kit.errors import Forbidden


def sees_all(ctx: Context) -> bool:
    """Whether the actor may everything in this organisation: a super user, or the program itself."""
    return ctx.actor.kind != "user" or ctx.whole


def tenant_of(ctx: Context) -> dict[str, Any]:
    """The parameters of statements about phones."""
    return {**ctx.tenant, "all": sees_all(ctx)}


def only_super(ctx: Context) -> None:
    """Agents serve every client of an organisation."""
    if not sees_all(ctx):
        raise Forbidden("Ask a super user; an agent serves all clients of the organisation")
