"""The phones of an organisation: listed, named, tagged, put out of work and back, given to a client."""

from typing import Any
from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Forbidden, Stale
from greenroom.phones import lease_store, leases, phone_store
from greenroom.phones.access import sees_all
from greenroom.phones.contracts import Lease, Phone, PhoneChange
from greenroom.phones.rules import shown_state

_SAID = ("name", "label", "tags", "groups", "state")


async def list_phones(
    ctx: Context,
    wanted: dict[str, str | None],
    *,
    after: tuple[str, UUID] | None = None,
    limit: int | None = None,
) -> list[Phone]:
    """By name; `wanted` names state, tag, group and platform, each or None. Nobody's only for super users."""
    rows = await phone_store.phones(ctx, wanted, after, limit)
    held = await leases.leases_of(ctx, [row["id"] for row in rows])
    return [_shown(row, held.get(row["id"])) for row in rows]


async def get_phone(ctx: Context, phone: UUID) -> Phone:
    """One phone; NotFound when it is not among the context's."""
    row = await phone_store.phone(ctx, phone)
    return _shown(row, (await leases.leases_of(ctx, [phone])).get(phone))


async def change_phone(ctx: Context, phone: UUID, version: int, change: PhoneChange) -> Phone:
    """What people say of it. Raises Stale when it was changed meanwhile."""
    row = await phone_store.phone(ctx, phone, lock=True)
    if row["version"] != version:
        present = await get_phone(ctx, phone)
        raise Stale("This phone was changed meanwhile; look again", present=present.model_dump(mode="json"))
    before = {name: row[name] for name in _SAID}
    after = before | {name: _listed(value) for name, value in change.model_dump(exclude_none=True).items()}
    if after != before:
        await phone_store.write(ctx, phone, after)
        await _tell(ctx, row["client_id"], phone, "changed", "A phone was changed")
        await audit.record(ctx, "phone.changed", ("phone", phone), before=before, after=after, client=row["client_id"])
    return await get_phone(ctx, phone)


async def give_phone(ctx: Context, phone: UUID, client: UUID | None) -> Phone:
    """To a client, or to nobody again. Whoever holds it loses it and is told why. Raises NotFound, Forbidden."""
    if client is not None:
        ctx.within(client)
    row = await phone_store.phone(ctx, phone, lock=True)
    if client is None and not sees_all(ctx):
        raise Forbidden("Ask a super user to take a phone from all clients, or give it to one of yours")
    if row["client_id"] == client:
        return await get_phone(ctx, phone)
    standing = await lease_store.hold(ctx, phone)
    if standing["holder_kind"] is not None:
        raised = await lease_store.end(ctx, phone, standing["epoch"], "moved")
        await leases.tell(
            ctx, row["client_id"], phone, "ended", "A phone was given to another client",
            epoch=raised, was=standing["holder_id"], reason="moved",
        )  # fmt: skip
    await phone_store.give(ctx, phone, client)
    for of in {row["client_id"], client}:
        await _tell(ctx, of, phone, "given", "A phone was given to a client or taken back")
    before, after = {"client_id": row["client_id"]}, {"client_id": client}
    await audit.record(ctx, "phone.given", ("phone", phone), before=before, after=after, client=client)
    return await get_phone(ctx, phone)


def _shown(row: Row, lease: Lease | None) -> Phone:
    return Phone(**{**row, "state": shown_state(row["state"], row["offline_since"])}, lease=lease)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


async def _tell(ctx: Context, client: UUID | None, phone: UUID, done: str, message: str) -> None:
    await events.emit(
        ctx, f"phones.phone.{done}", subject=("phone", phone), message=message, client=client, whole=client is None
    )
