"""What an endpoint may be told: what the person who answers for it manages at that moment."""

from typing import Any
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.kit.errors import Forbidden, NotFound
from greenroom.tenancy import store
from greenroom.tenancy.grants import grants_of
from greenroom.tenancy.people import is_super

_NEEDED = frozenset({"read", "manage"})


async def check_reach(ctx: Context, client: UUID | None) -> None:
    """Raise NotFound or Forbidden unless the actor may have an endpoint for this client (None: for everything)."""
    if client is None:
        if not await is_super(ctx) or not all(held >= _NEEDED for held in ctx.grants.values()):
            raise Forbidden("Only a super user has everything of an organisation sent; choose one client")
        return
    if client not in ctx.clients:
        raise NotFound("There is no such client here")
    for permission in sorted(_NEEDED):
        ctx.require(permission, client)


async def reach_now(ctx: Context, webhook: dict[str, Any]) -> tuple[UUID, ...] | None:
    """The clients whose events may go there now; None when its person may not have it any more."""
    person = await store.user(ctx.db, ctx.organisation, webhook["user_id"])
    if person["status"] != "active":
        return None
    grants = await grants_of(ctx.db, ctx.organisation, person["id"], person["role"])
    if webhook["client_id"] is None:
        return tuple(grants) if person["role"] == "super" else None
    return (webhook["client_id"],) if grants.get(webhook["client_id"], frozenset()) >= _NEEDED else None
