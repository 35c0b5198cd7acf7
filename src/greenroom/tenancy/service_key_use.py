"""Which key a client's work uses: its own, else the organisation's where it may; every use on record."""

from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.vault.secret import Secret
from greenroom.kit.errors import Forbidden
from greenroom.tenancy import service_key_store as store
from greenroom.tenancy.people import is_super
from greenroom.tenancy.service_key_contracts import ServiceShare
from greenroom.tenancy.service_registry import service_of


async def service_key(ctx: Context, service: str, *, why: str) -> Secret | None:
    """The key for this client's work with a service, or None when it has none that works.

    The use is written down with the actor and `why` in the caller's transaction: end that before the key is used,
    so that a use which fails is on record as well.
    """
    row = await store.usable(ctx, ctx.one_client(), service_of(service).id)
    if row is None:
        return None
    return await ctx.house.vault.open(ctx, row["secret_id"], why=f"{service}: {why}")


async def list_shares(ctx: Context) -> list[ServiceShare]:
    """Which of the context's clients may use the organisation's keys, and of which services."""
    return [ServiceShare(**row) for row in await store.shares(ctx)]


async def share_key(ctx: Context, client: UUID, service: str, *, shared: bool) -> None:
    """Let a client use the organisation's key of a service, or no longer; for super users, as it spends money."""
    ctx.within(client)
    service = service_of(service).id
    if not await is_super(ctx):
        raise Forbidden("Ask a super user; the organisation pays for its own keys")
    changed = await (store.share if shared else store.unshare)(ctx, client, service)
    if not changed:
        return
    await events.emit(
        ctx,
        "tenancy.service_key.shared" if shared else "tenancy.service_key.unshared",
        subject=("client", client),
        message="Which of the organisation's keys a client may use was changed",
        client=client,
    )
    await audit.record(
        ctx,
        "service_key.shared" if shared else "service_key.unshared",
        ("client", client),
        before=None if shared else {"service": service},
        after={"service": service} if shared else None,
        client=client,
    )
