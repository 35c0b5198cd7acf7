"""Raises an alarm when several phones of one USB hub go at once, widens it as more go, ends it when they are back."""

from uuid import UUID

from greenroom.infra import events
from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.kit.ids import uuid7
from greenroom.phones import hubs_store as store
from greenroom.phones.hubs import Incident, Plugged, incidents, off_the_bus


async def look(ctx: Context, agent: UUID) -> None:
    """After something was heard of an agent's phones. One alarm an incident, however often this is called."""
    rows = await store.of_agent(ctx, agent)
    missing = {row["id"] for row in rows if row["offline_since"] and off_the_bus(row["alive"], row["because"])}
    alarms = await store.open_alarms(ctx, [agent])
    for incident in incidents(_plugged(row) for row in rows if _counts(row)):
        same = [one for one in alarms if incident.phones & set(one["phones"])]
        await _keep(ctx, agent, incident, same)
        for one in same[1:]:
            await store.clear(ctx, one["id"])
        alarms = [one for one in alarms if one not in same]
    for one in alarms:
        if not missing & set(one["phones"]):
            await store.clear(ctx, one["id"])
            await _tell(ctx, agent, "back", "The phones of a USB hub are back", one["hub"])


async def _keep(ctx: Context, agent: UUID, incident: Incident, same: list[Row]) -> None:
    if not same:
        await store.raise_alarm(ctx, agent, uuid7(), incident.hub, incident.phones)
        message = "Several phones of one USB hub went at once; look at the phones' hubs"
        await _tell(ctx, agent, "lost", message, incident.hub)
        return
    known = {phone for one in same for phone in one["phones"]}
    if len(same) > 1 or not incident.phones <= known:
        await store.widen(ctx, same[0]["id"], incident.hub, incident.phones | known)


def _plugged(row: Row) -> Plugged:
    return Plugged(row["id"], row["port"], row["offline_since"])


def _counts(row: Row) -> bool:
    """A phone that is away for another reason says nothing of its hub, nor does one whose loss was settled."""
    return row["offline_since"] is None or (off_the_bus(row["alive"], row["because"]) and not row["settled"])


async def _tell(ctx: Context, agent: UUID, done: str, message: str, hub: str) -> None:
    """The organisation's, so it names nobody and no phone: each may be another client's."""
    await events.emit(
        ctx, f"phones.hub.{done}", subject=("agent", agent), message=message, data={"hub": hub}, whole=True,
        severity="error" if done == "lost" else "info",
    )  # fmt: skip
