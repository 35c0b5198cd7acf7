"""What an agent says of its phones, written down: those it sees, those that came, those that went."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.ids import uuid7
from greenroom.kit.text import clean_line
from greenroom.phones import history_store, hubs_watch
from greenroom.phones import phone_store as store
from greenroom.phones.hubs import off_the_bus
from greenroom.phones.relay_wire import Ended
from greenroom.wire.limits import MOST_PHONES
from greenroom.wire.messages import Refused, Seen

MOST_EVER = 10 * MOST_PHONES
"""Phones that one agent may have had in all; phones are not forgotten, and one that makes them up is not written on."""
_ENDLESS = Refused(
    "malformed", f"This agent has had {MOST_EVER} phones, more than one agent may; enrol it again with a new code",
    again=False,
)  # fmt: skip

_THERE = ("live", "stale", "silent", "unknown")
_SAID = ("platform", "model", "system", "width", "height", "battery", "charging", "temperature", "storage_free",
         "storage_total", "alive", "because", "port", "abilities", "marks")  # fmt: skip


async def all_seen(ctx: Context, agent: UUID, phones: Sequence[Seen]) -> dict[int, UUID]:
    """All phones of an agent; those that it had and that are not among them are gone. Ids by the agent's numbers.

    Raises Ended, as `some_seen` does, where it has had more phones than one agent may.
    """
    known = {row["serial"]: row for row in await store.of_agent(ctx, agent)}
    seen, ids = {one.serial: one for one in phones}, {}
    if seen.keys() - known.keys() and len(seen.keys() | known.keys()) > MOST_EVER:
        raise Ended(_ENDLESS)
    # By serial, as everybody who changes several phones: who waits for another does not do it in a circle.
    for serial in sorted(known.keys() | seen.keys()):
        one, row = seen.get(serial), known.get(serial)
        if one is not None:
            ids[one.number] = await _see(ctx, agent, one, row)
        elif row is not None:
            await _leave(ctx, row, "it is no longer plugged in")
    await hubs_watch.look(ctx, agent)
    return ids


async def some_seen(ctx: Context, agent: UUID, phones: Sequence[Seen]) -> dict[int, UUID]:
    """Phones that came or changed. Ids by the agent's numbers."""
    serials = [one.serial for one in phones]
    known = {row["serial"]: row for row in await store.of_agent(ctx, agent, serials)}
    new = {one.serial for one in phones} - known.keys()
    if new and await store.count_of_agent(ctx, agent) + len(new) > MOST_EVER:
        raise Ended(_ENDLESS)
    ids = {
        one.number: await _see(ctx, agent, one, known.get(one.serial))
        for one in sorted(phones, key=lambda one: one.serial)
    }
    # A phone shows another app far more often than it comes or goes, which is all that hubs are about.
    if any(_plugging(one, known.get(one.serial)) for one in phones):
        await hubs_watch.look(ctx, agent)
    return ids


async def all_gone(ctx: Context, agent: UUID, because: str) -> None:
    """The agent is not there, so nobody knows of its phones."""
    for row in await store.of_agent(ctx, agent):
        await _leave(ctx, row, because)


async def _see(ctx: Context, agent: UUID, one: Seen, before: Row | None) -> UUID:
    away = one.alive not in _THERE
    said = {name: value for name, value in asdict(one).items() if name in _SAID}
    for name in ("model", "system", "because", "port"):
        said[name] = clean_line(said[name])
    said["abilities"], said["marks"] = list(said["abilities"]), list(said["marks"])
    said["front"] = "" if away else clean_line(one.front)
    # The serial is the key and stays as it is; where it is shown it is a text among others.
    row = {**said, "id": uuid7(), "serial": one.serial, "away": away,
           "name": _name(one, one.model), "unnamed": _name(one, "")}  # fmt: skip
    id = await store.put_seen(ctx, agent, row)
    if before is None:
        await store.put_lease(ctx, id)
    was_away = before is None or before["offline_since"] is not None
    client = before["client_id"] if before else None
    if was_away and not away:
        await _moved(ctx, client, id, "came", "A phone is there")
    elif away and not was_away:
        await _moved(ctx, client, id, "went", "A phone is not there any more", said["because"])
    return id


async def _leave(ctx: Context, row: Row, because: str) -> None:
    if row["offline_since"] is None:
        await store.leave(ctx, row["id"], because)
        await _moved(ctx, row["client_id"], row["id"], "went", "A phone is not there any more", because)


def _plugging(one: Seen, before: Row | None) -> bool:
    """Whether the phone came, went, hangs elsewhere, or is away for another reason than before."""
    if before is None:
        return True
    port, away, was_away = clean_line(one.port), one.alive not in _THERE, before["offline_since"] is not None
    if away != was_away or (port != before["port"] and (port or not away)):
        return True
    return away and off_the_bus(one.alive, clean_line(one.because)) != off_the_bus(before["alive"], before["because"])


def _name(one: Seen, model: str) -> str:
    """What it is called until somebody names it."""
    model = clean_line(model)[:80] or ("iPhone" if one.platform == "ios" else "Android phone")
    return f"{model} {clean_line(one.serial)[-4:]}".strip()


async def _moved(ctx: Context, client: UUID | None, phone: UUID, how: str, message: str, why: str = "") -> None:
    await history_store.add(ctx, client, phone, how, why=why)
    # Of a phone that no client has everybody in the organisation hears: that there is news, not of which phone.
    subject = ("phone", phone) if client is not None else None
    await events.emit(ctx, f"phones.phone.{how}", subject=subject, message=message, client=client, whole=client is None)
