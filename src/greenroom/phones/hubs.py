"""Where phones hang on a computer's USB, as a tree, and which hub is to blame when several go at once. Pure.

A port is written as Linux and adb do: "1-4.2" is port 2 of the hub on port 4 of the controller of bus 1. The hub above
a port is the port without its last part, "1-4"; above that is the controller, "1".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

AT_ONCE = 3
"""How many phones of one hub have to go for it to be the hub rather than the phones."""
WITHIN = timedelta(seconds=5)
_NAMED = 5
_OTHER_CAUSES = re.compile(
    r"its agent is not connected|nothing is heard of its agent|its agent was shut out|.*step \d of \d"
)
_PORT = re.compile(r"[0-9]{1,4}-[0-9]{1,4}(\.[0-9]{1,4}){0,12}")


@dataclass(frozen=True, slots=True)
class Plugged:
    """A phone and its port; `lost_at` is when it went, None while it is there."""

    phone: UUID
    port: str
    lost_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hub:
    """A controller ("1") or a hub ("1-4"): the phones on its own ports, and the hubs beneath it."""

    path: str
    phones: tuple[Plugged, ...] = ()
    hubs: tuple["Hub", ...] = ()

    @property
    def all(self) -> tuple[Plugged, ...]:
        """Its phones and those of the hubs beneath it."""
        return self.phones + tuple(phone for hub in self.hubs for phone in hub.all)


@dataclass(frozen=True, slots=True)
class Incident:
    """Phones that went within seconds of each other, and the hub that all of them hang on."""

    hub: str
    phones: frozenset[UUID]


def hub_of(port: str) -> str | None:
    """The hub or controller that the port belongs to; None where the text is no port."""
    if not _PORT.fullmatch(port):
        return None
    return port.rpartition("." if "." in port else "-")[0]


def tree(phones: Iterable[Plugged]) -> tuple[Hub, ...]:
    """The controllers with what hangs on them, in the order of their numbers. What has no port is left out."""
    on: dict[str, list[Plugged]] = {}
    for one in phones:
        hub = hub_of(one.port)
        if hub is not None:
            for path in _chain(hub):
                on.setdefault(path, [])
            on[hub].append(one)
    return tuple(_grown(path, on) for path in sorted(on, key=_numbers) if "-" not in path)


def incidents(phones: Iterable[Plugged]) -> tuple[Incident, ...]:
    """Each time that several phones of one hub went at once.

    Where a hub and all beneath it is dead, what they have in common is named, which may be the controller; where some
    of it lives, the lowest hub that lost several.
    """
    return tuple(found for controller in tree(phones) for found in _blamed(controller))


def off_the_bus(alive: str, because: str) -> bool:
    """Whether a phone that is away left the USB, as far as was said: not with its agent, nor for want of a step."""
    return alive == "offline" and _OTHER_CAUSES.match(because) is None


def words(path: str) -> str:
    return f"USB hub {path}" if "-" in path else f"USB controller {path}"


def sentence(path: str, agent: str, names: Sequence[str], others: int) -> str:
    """What happened and what to do, for people; `others` are phones that they may not be told of."""
    more = max(len(names) - _NAMED, 0) + others
    shown = [*names[:_NAMED], *([f"{more} more"] if more else [])]
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
    return f"{listed} went from {words(path)} of {agent} within seconds: check the hub's cable and power"


def _blamed(hub: Hub) -> list[Incident]:
    lost = [one for one in hub.all if one.lost_at is not None]
    whole = _bursts(lost)
    if not whole or len(lost) == len(hub.all):
        return [_incident(burst) for burst in whole]
    found = [one for below in hub.hubs for one in _blamed(below)]
    named = {phone for one in found for phone in one.phones}
    return found + [_incident(burst) for burst in _bursts([one for one in lost if one.phone not in named])]


def _bursts(lost: Sequence[Plugged]) -> list[list[Plugged]]:
    """Those that went in a span of `WITHIN` in which `AT_ONCE` went; spans that share a phone are one burst."""
    row = sorted((one for one in lost if one.lost_at is not None), key=lambda one: (one.lost_at, one.port, one.phone))
    found: list[list[Plugged]] = []
    end = 0  # of the last burst, in the row
    for at in range(len(row) - AT_ONCE + 1):
        first, last = row[at].lost_at, row[at + AT_ONCE - 1].lost_at
        if first is None or last is None or last - first > WITHIN:
            continue
        if not found or at >= end:
            found.append(row[at : at + AT_ONCE])
        else:
            found[-1].extend(row[end : at + AT_ONCE])
        end = at + AT_ONCE
    return found


def _incident(burst: Sequence[Plugged]) -> Incident:
    chains = [_chain(hub_of(one.port) or "") for one in burst]
    common = [paths[0] for paths in zip(*chains, strict=False) if len(set(paths)) == 1]
    return Incident(common[-1], frozenset(one.phone for one in burst))


def _chain(hub: str) -> list[str]:
    """The hub and all above it, the controller first."""
    controller, _, ports = hub.partition("-")
    parts = ports.split(".") if ports else []
    return [controller, *(f"{controller}-{'.'.join(parts[: at + 1])}" for at in range(len(parts)))]


def _grown(path: str, on: dict[str, list[Plugged]]) -> Hub:
    below = sorted((one for one in on if len(_chain(one)) > 1 and _chain(one)[-2] == path), key=_numbers)
    phones = sorted(on[path], key=lambda one: (_numbers(one.port), one.phone))
    return Hub(path, tuple(phones), tuple(_grown(one, on) for one in below))


def _numbers(path: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split(r"[-.]", path))
