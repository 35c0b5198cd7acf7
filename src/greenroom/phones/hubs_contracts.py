"""What is handed out of USB hubs. Frozen; ids are UUID, times are aware."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from greenroom.phones.contracts import Frozen
from greenroom.phones.rules import State


class HubPhone(Frozen):
    """A phone on a port, as far as the picture of the hubs needs it."""

    id: UUID
    name: str
    port: Annotated[str, Field(examples=["1-4.2"])]
    state: State
    alive: str
    because: str
    offline_since: datetime | None


class UsbHub(Frozen):
    """A controller of the computer ("1") or a hub ("1-4"): the phones on its ports, and the hubs beneath it."""

    path: Annotated[str, Field(examples=["1-4"])]
    kind: Literal["controller", "hub"]
    phones: tuple[HubPhone, ...]
    hubs: tuple["UsbHub", ...]


class HubAlarm(Frozen):
    """Several phones of one hub went at once. Over when all of them are back, or put out of work."""

    id: UUID
    hub: str
    sentence: str
    raised_at: datetime
    phones: tuple[HubPhone, ...]
    others: int
    """How many more went that the reader may not see."""


class AgentHubs(Frozen):
    """One computer's USB. `elsewhere`: how many of its phones show no port, as those on the network."""

    agent_id: UUID
    agent_name: str
    controllers: tuple[UsbHub, ...]
    elsewhere: int
    alarms: tuple[HubAlarm, ...]
