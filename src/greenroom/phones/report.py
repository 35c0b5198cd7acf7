"""What an agent says of its phones, written down: those it sees, those that came, those that went."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.kit.ids import uuid7
from greenroom.kit.text import clean_line
from greenroom.phones import phone_store as store
from greenroom.wire.messages import Seen

_THERE = ("live", "stale", "silent", "unknown")
_SAID = ("platform", "model", "system", "width", "height", "battery", "charging", "temperature", "storage_free",
         "storage_total", "alive", "because")  # fmt: skip


async def all_seen(ctx: Context, agent: UUID, phones: Sequence[Seen]) -> dict[int, UUID]:
    """All phones of an agent; those that it had and that are not among them are gone. Ids by the agent's numbers."""
    known = {row["serial"]: row for row in await store.of_agent(ctx, agent)}
    # By serial, so that two that report at once wait for each other and not in a circle.
    ids = {one.number: await _see(ctx, agent, one, known) for one in sorted(phones, key=lambda one: one.serial)}
    seen = {one.serial for one in phones}
    for serial, row in known.items():
        if serial not in seen:
            await _leave(ctx, row, "it is no longer plugged in")
    return ids


async def one_seen(ctx: Context, agent: UUID, phone: Seen) -> UUID:
    """One phone that came or changed."""
    return await _see(ctx, agent, phone, {row["serial"]: row for row in await store.of_agent(ctx, agent)})


async def all_gone(ctx: Context, agent: UUID, because: str) -> None:
    """The agent is not there, so nobody knows of its phones."""
    for row in await store.of_agent(ctx, agent):
        await _leave(ctx, row, because)


async def _see(ctx: Context, agent: UUID, one: Seen, known: dict[str, Any]) -> UUID:
    before, away = known.get(one.serial), one.alive not in _THERE
    said = {name: value for name, value in asdict(one).items() if name in _SAID}
    for name in ("model", "system", "because"):
        said[name] = clean_line(said[name])
    # The serial is the key and stays as it is; where it is shown it is a text among others.
    row = {**said, "id": uuid7(), "serial": one.serial, "name": _name(one), "away": away}
    id = await store.put_seen(ctx, agent, row)
    if before is None:
        await store.put_lease(ctx, id)
    was_away = before is None or before["offline_since"] is not None
    client = before["client_id"] if before else None
    if was_away and not away:
        await _tell(ctx, client, id, "came", "A phone is there")
    elif away and not was_away:
        await _tell(ctx, client, id, "went", "A phone is not there any more")
    return id


async def _leave(ctx: Context, row: Any, because: str) -> None:
    if row["offline_since"] is None:
        await store.leave(ctx, row["id"], because)
        await _tell(ctx, row["client_id"], row["id"], "went", "A phone is not there any more")


def _name(one: Seen) -> str:
    """What it is called until somebody names it."""
    model = clean_line(one.model)[:80] or ("iPhone" if one.platform == "ios" else "Android phone")
    return f"{model} {clean_line(one.serial)[-4:]}".strip()


async def _tell(ctx: Context, client: UUID | None, phone: UUID, done: str, message: str) -> None:
    await events.emit(
        ctx, f"phones.phone.{done}", subject=("phone", phone), message=message, client=client, whole=client is None
    )
