"""The USB hubs of each computer with its phones, as somebody may see them, and the alarms that stand."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from greenroom.infra.context import Context
from greenroom.infra.database import Row
from greenroom.phones import hubs_store as store
from greenroom.phones.hubs import Hub, Plugged, hub_of, off_the_bus, sentence, tree
from greenroom.phones.hubs_contracts import AgentHubs, HubAlarm, HubPhone, UsbHub
from greenroom.phones.rules import shown_state


async def list_hubs(ctx: Context) -> list[AgentHubs]:
    """By the agents' names; only what hangs there that the context reaches."""
    rows = sorted(await store.plugged(ctx), key=lambda row: (row["agent_name"].lower(), row["agent_id"]))
    alarms = await store.open_alarms(ctx, {row["agent_id"] for row in rows})
    return [
        _of_agent(list(own), [one for one in alarms if one["agent_id"] == agent])
        for agent, own in groupby(rows, key=lambda row: row["agent_id"])
    ]


def _of_agent(rows: Sequence[Row], alarms: Sequence[Row]) -> AgentHubs:
    phones = {row["id"]: _phone(row) for row in rows}
    name: str = rows[0]["agent_name"]
    grown = tree(Plugged(one.id, one.port) for one in phones.values())
    shown = [_alarm(one, name, phones) for one in alarms]
    return AgentHubs(
        agent_id=rows[0]["agent_id"],
        agent_name=name,
        controllers=tuple(_hub(one, phones) for one in grown),
        elsewhere=sum(hub_of(one.port) is None for one in phones.values()),
        alarms=tuple(one for one in shown if any(map(_missing, one.phones))),
    )


def _missing(phone: HubPhone) -> bool:
    return phone.state == "offline" and off_the_bus(phone.alive, phone.because)


def _alarm(row: Row, agent: str, phones: dict[UUID, HubPhone]) -> HubAlarm:
    """Its phones in the order of their names, the reader's only."""
    reached = tuple(phone for id, phone in phones.items() if id in set(row["phones"]))
    others = len(set(row["phones"])) - len(reached)
    return HubAlarm(
        id=row["id"],
        hub=row["hub"],
        sentence=sentence(row["hub"], agent, [one.name for one in reached], others),
        raised_at=row["raised_at"],
        phones=reached,
        others=others,
    )


def _hub(hub: Hub, phones: dict[UUID, HubPhone]) -> UsbHub:
    return UsbHub(
        path=hub.path,
        kind="hub" if "-" in hub.path else "controller",
        phones=tuple(phones[one.phone] for one in hub.phones),
        hubs=tuple(_hub(one, phones) for one in hub.hubs),
    )


def _phone(row: Row) -> HubPhone:
    fields = ("id", "name", "port", "alive", "because", "offline_since")
    state = shown_state(row["state"], row["offline_since"])
    return HubPhone.model_validate({**{name: row[name] for name in fields}, "state": state})
