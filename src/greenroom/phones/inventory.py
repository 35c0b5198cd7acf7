"""The phones of an organisation: listed, named, tagged, put out of work and back, given to a client."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from greenroom.infra import audit, events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.errors import Invalid, Stale
from greenroom.phones import attended, history_store, leases, phone_store
from greenroom.phones.attended_apps import is_attended
from greenroom.phones.contracts import Phone, PhoneChange, PhoneWords
from greenroom.phones.holders import names_in, person_name
from greenroom.phones.rules import shown_state

SAID = ("name", "label", "tags", "groups", "state", "state_why")


_ALL: Mapping[str, Any] = {
    "client": None, "state": None, "tag": None, "group": None, "platform": None, "agent": None, "unassigned": False,
}  # fmt: skip


async def list_phones(
    ctx: Context, wanted: Mapping[str, Any], *, after: tuple[str, UUID] | None = None, limit: int | None = None
) -> list[Phone]:
    """By name. Nobody's only for super users.

    `wanted`: client, state, tag, group, platform, agent, unassigned, and `search`: words that all stand in the phone's
    name, label, model, system, serial, agent, tags or groups. What is absent or None narrows nothing.
    """
    words = (wanted.get("search") or "").split()
    return await shown(ctx, await phone_store.phones(ctx, {**_ALL, **wanted, "words": words}, after, limit))


async def get_phone(ctx: Context, phone: UUID) -> Phone:
    """One phone; NotFound when it is not among the context's."""
    return (await shown(ctx, [await phone_store.phone(ctx, phone)]))[0]


async def phone_words(ctx: Context) -> PhoneWords:
    """The tags and groups in use."""
    return PhoneWords(**await phone_store.words(ctx))


async def change_phone(ctx: Context, phone: UUID, version: int, change: PhoneChange) -> Phone:
    """What people say of it. Raises Stale when it was changed meanwhile."""
    row = await phone_store.phone(ctx, phone, lock=True)
    if row["version"] != version:
        present = await get_phone(ctx, phone)
        raise Stale("This phone was changed meanwhile; look again", present=present.model_dump(mode="json"))
    said = change.model_dump(include={"name", "label", "tags", "groups"}, exclude_none=True)
    if await write(ctx, row, said, stating(row, change.state, change.why)):
        await record(ctx, row)
    return await get_phone(ctx, phone)


def stating(row: Row, state: str | None, why: str) -> dict[str, Any]:
    """The state's columns, where it changes or its reason does. Raises Invalid for a missing reason, or a loose one."""
    if state is None and why:
        raise Invalid("A reason belongs to a state; say which", fields={"state": "Say which"})
    if state not in (None, "active") and not why:
        raise Invalid("Say why it is out of work", fields={"why": "Say why it is out of work"})
    if state is None or (row["state"], row["state_why"]) == (state, why):
        return {}
    return {"state": state, "state_why": why}


async def write(ctx: Context, row: Row, said: dict[str, Any], stated: dict[str, Any]) -> bool:
    """Change a phone, which the caller has locked as `row`; whether anything became another. Not audited yet."""
    before = {name: row[name] for name in SAID}
    after = before | {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()} | stated
    if after == before:
        return False
    by = (ctx.actor.id if ctx.actor.kind == "user" else None) if stated else row["state_by"]
    await phone_store.write(ctx, row["id"], {**after, "state_by": by}, stated=bool(stated))
    if stated:
        moved = {"was": row["state"], "becomes": after["state"], "why": after["state_why"]}
        await history_store.add(ctx, row["client_id"], row["id"], "state", by_id=by, **moved)
    await tell(ctx, row["client_id"], row["id"], "changed", "A phone was changed")
    return True


async def record(ctx: Context, before: Row) -> None:
    """Put into the audit trail how the phone became another than `before`."""
    after = await phone_store.phone(ctx, before["id"])
    sides = ({name: one[name] for name in SAID} for one in (before, after))
    await audit.record(
        ctx, "phone.changed", ("phone", before["id"]), before=next(sides), after=next(sides), client=before["client_id"]
    )


async def shown(ctx: Context, rows: Collection[Row]) -> list[Phone]:
    """Each with who holds it, and whether the app in front is attended."""
    held = await leases.leases_of(ctx, [row["id"] for row in rows])
    names = await names_in(ctx, rows, "state_by")
    extra = await attended.of(ctx)
    return [
        Phone(
            **{**row, "state": shown_state(row["state"], row["offline_since"])},
            state_by_name=person_name(row["state_by"], names),
            attended=is_attended(row["front"], extra),
            lease=held.get(row["id"]),
        )
        for row in rows
    ]


async def tell(ctx: Context, client: UUID | None, phone: UUID, done: str, message: str) -> None:
    """News for whoever shows phones; to the whole organisation not of which one, see `leases.tell`."""
    subject = ("phone", phone) if client is not None else None
    await events.emit(
        ctx, f"phones.phone.{done}", subject=subject, message=message, client=client, whole=client is None
    )
