"""Machines of one's own that may be fetched from although they are not public: the setting `fetch_allow`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from greenroom.infra.fetch.networks import Address

_ENTRY = re.compile(r"(?P<what>\[[^\]]+\]|[^:\[\]]+)(?::(?P<port>[0-9]{1,5}))?")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A host name or a network; `port` is the only one allowed there, None means 80 and 443."""

    what: str | IPv4Network | IPv6Network
    port: int | None

    def covers(self, host: str, addresses: Iterable[Address], port: int) -> bool:
        if port not in ((80, 443) if self.port is None else (self.port,)):
            return False
        if isinstance(self.what, str):
            return host == self.what
        return all(address in self.what for address in addresses)


def read_allowed(text: str) -> tuple[Entry, ...]:
    """The entries of `media.lan, 10.1.0.0/16, [fd00::/8]:9000`; ValueError names the one that is none."""
    return tuple(_entry(one.strip()) for one in text.split(",") if one.strip())


def _entry(text: str) -> Entry:
    match = _ENTRY.fullmatch(text.lower())
    if match is None:
        raise ValueError(f"{text} is no host or network; IPv6 goes into brackets")
    what, port = match["what"].strip("[]"), match["port"]
    if port is not None and not 0 < int(port) < 65536:
        raise ValueError(f"{text} has no possible port")
    try:
        return Entry(ip_network(what), int(port) if port else None)
    except ValueError:
        if not _NAME.fullmatch(what) or what.rpartition(".")[2].isdigit():
            raise ValueError(f"{text} is no host or network") from None
    return Entry(what, int(port) if port else None)
