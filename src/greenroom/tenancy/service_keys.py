"""Keys of external services: a client's own or the organisation's, kept in the vault, shown by their end only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.kit.errors import Forbidden, Invalid, Stale
from greenroom.kit.ids import uuid7
from greenroom.tenancy import service_key_store as store
from greenroom.tenancy.people import is_super
from greenroom.tenancy.service_key_contracts import KeyState, NewServiceKey, ServiceKey, ServiceKeyChange
from greenroom.tenancy.service_registry import service_of

KIND = "service_key"
SOON = timedelta(days=14)
"""How long before its end a key is warned of."""
_UNSAID = {"id", "client_id", "last_used_at", "state", "made_by"}


async def list_keys(ctx: Context) -> list[ServiceKey]:
    """The organisation's keys and those of the context's clients."""
    kept = {one.id: one for one in await ctx.house.vault.list(ctx, kind=KIND)}
    manages_all = await is_super(ctx)
    return [
        _shown(ctx, row, kept[row["secret_id"]], manages=manages_all or _manages(ctx, row["client_id"]))
        for row in await store.keys(ctx)
    ]


async def add_key(ctx: Context, form: NewServiceKey) -> ServiceKey:
    """Keep a key. Raises NotFound, Conflict when there is one already, Forbidden for the organisation's."""
    await _check_reach(ctx, form.client_id)
    service = service_of(form.service)
    _check_date(ctx, form.expires_at)
    id = uuid7()
    secret = await ctx.house.vault.put(
        ctx,
        form.value.get_secret_value(),
        kind=KIND,
        subject=(KIND, id),
        client=form.client_id,
        whole=form.client_id is None,
        hint=True,
    )
    row = {"id": id, "client_id": form.client_id, "service": service.id, "secret_id": secret}
    await store.add(ctx, {**row, "expires_at": form.expires_at, "made_by": _maker(ctx)})
    made = await get_key(ctx, id)
    await _tell(ctx, "added", "A service key was added", made, after=made)
    return made


async def change_key(ctx: Context, id: UUID, version: int, form: ServiceKeyChange) -> ServiceKey:
    """Replace the value, switch on or off, move the end. Raises Stale, Invalid, NotFound, Forbidden."""
    row = await store.key(ctx, id)
    await _check_reach(ctx, row["client_id"])
    before = await get_key(ctx, id)
    if before.version != version:
        raise Stale("This key was changed meanwhile; look again", present=before.model_dump(mode="json"))
    dated = form.value is not None or "expires_at" in form.model_fields_set
    expires_at = form.expires_at if dated else before.expires_at
    if dated:
        _check_date(ctx, expires_at)
    if form.value is not None:
        await ctx.house.vault.replace(ctx, row["secret_id"], form.value.get_secret_value(), hint=True)
    changed = {
        "active": before.active if form.active is None else form.active,
        "expires_at": expires_at,
        "made_by": before.made_by if form.value is None else _maker(ctx),
    }
    await store.change(ctx, id, changed)
    after = await get_key(ctx, id)
    action = "changed" if form.value is None else "replaced"
    await _tell(ctx, action, f"A service key was {action}", after, before=before, after=after)
    return after


async def delete_key(ctx: Context, id: UUID) -> None:
    """Remove the key and its value for good."""
    row = await store.key(ctx, id)
    await _check_reach(ctx, row["client_id"])
    before = await get_key(ctx, id)
    await store.remove(ctx, id)
    await ctx.house.vault.forget(ctx, row["secret_id"])
    await _tell(ctx, "deleted", "A service key was deleted", before, before=before)


async def get_key(ctx: Context, id: UUID) -> ServiceKey:
    """One key as who manages it sees it."""
    row = await store.key(ctx, id)
    return _shown(ctx, row, await ctx.house.vault.describe(ctx, row["secret_id"]), manages=True)


async def warn(ctx: Context, id: UUID) -> None:
    """Say that a key ends soon, or that it has ended."""
    one = await get_key(ctx, id)
    over = one.state == "ended"
    name = service_of(one.service).name
    await events.emit(
        ctx,
        "tenancy.service_key.ended" if over else "tenancy.service_key.ends_soon",
        subject=(KIND, id),
        message=f"A key for {name} {'has ended' if over else 'ends soon'}; replace it in Settings > Service keys",
        severity="error" if over else "warning",
        client=one.client_id,
        whole=one.client_id is None,
    )
    await store.warned(ctx, id)


def _shown(ctx: Context, row: Mapping[str, Any], kept: Any, *, manages: bool) -> ServiceKey:
    fields = ("id", "client_id", "service", "active", "expires_at", "made_by", "created_at", "version")
    return ServiceKey(
        **{name: row[name] for name in fields},
        hint=kept.hint if manages else "",
        last_used_at=kept.last_used_at,
        state=_state(row, ctx.clock.now()),
    )


def _state(row: Mapping[str, Any], now: datetime) -> KeyState:
    if not row["active"]:
        return "off"
    if row["expires_at"] is None or row["expires_at"] > now + SOON:
        return "works"
    return "ends_soon" if row["expires_at"] > now else "ended"


def _manages(ctx: Context, client: UUID | None) -> bool:
    return client is not None and "manage" in ctx.grants.get(client, frozenset())


async def _check_reach(ctx: Context, client: UUID | None) -> None:
    """The organisation's key is a super user's; a client's must be within the context."""
    if client is not None:
        ctx.within(client)
    elif not await is_super(ctx):
        raise Forbidden("Ask a super user; the organisation pays for its own keys")


def _check_date(ctx: Context, expires_at: datetime | None) -> None:
    if expires_at is not None and expires_at <= ctx.clock.now():
        raise Invalid("This key would be over already", fields={"expires_at": "Choose a later day, or none"})


def _maker(ctx: Context) -> UUID | None:
    return ctx.actor.id if ctx.actor.kind == "user" else None


async def _tell(
    ctx: Context,
    done: str,
    message: str,
    one: ServiceKey,
    *,
    before: ServiceKey | None = None,
    after: ServiceKey | None = None,
) -> None:
    """The news for open pages, and the entry of the audit trail."""
    kind, subject, whole = f"tenancy.service_key.{done}", (KIND, one.id), one.client_id is None
    await events.emit(ctx, kind, subject=subject, message=message, client=one.client_id, whole=whole)
    await audit.record(
        ctx,
        f"service_key.{done}",
        subject,
        # The service stands on one side only, so that a change says whose key it was.
        before=before.model_dump(exclude=_UNSAID | ({"service"} if after else set())) if before else None,
        after=after.model_dump(exclude=_UNSAID) if after else None,
        client=one.client_id,
    )
