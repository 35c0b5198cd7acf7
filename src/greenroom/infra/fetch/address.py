"""An address that a person gave, read once and strictly: what is odd is refused, never repaired."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Literal
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from greenroom.infra.fetch.refuse import AddressRefused

_LONGEST = 2000
_PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_AUTHORITY = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[^\[\]:@/?#]+)(?::(?P<port>[0-9]{1,5}))?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `host` is a lower-case name or an address without brackets; `path` is encoded."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether it is written as this machine itself; only there may what is secret go without TLS."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def usual_port(self) -> bool:
        return self.port in _PORTS.values()

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def read(address: str) -> Target:
    """The one meaning of the address. Raises AddressRefused with a sentence when it has none, or several."""
    if len(address) > _LONGEST:
        raise AddressRefused(f"An address has at most {_LONGEST} characters")
    if _ODD.search(address):
        raise AddressRefused("An address has no spaces, line breaks or backslashes; copy it again")
    scheme, colon, rest = address.partition("://")
    if not colon or scheme.lower() not in _PORTS:
        raise AddressRefused("An address begins with https:// or http://")
    parts = _split(f"{scheme.lower()}://{rest}")
    if "@" in parts.netloc:
        raise AddressRefused("Leave out the name and password before the @")
    authority = _AUTHORITY.fullmatch(parts.netloc)
    if authority is None:
        raise AddressRefused("Write the host as a name such as example.org")
    secure: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
    port = int(authority["port"] or _PORTS[secure])
    if not 0 < port < 65536:
        raise AddressRefused("A port lies between 1 and 65535")
    query = f"?{parts.query}" if parts.query else ""
    return Target(secure, _host(authority["host"]), port, quote((parts.path or "/") + query, safe=_KEPT))


def follow(target: Target, location: str) -> Target:
    """Where a redirect leads, read as strictly as the first address."""
    if _ODD.search(location):
        raise AddressRefused("The address leads on to one with spaces, line breaks or backslashes")
    try:
        return read(urljoin(str(target), location))
    except ValueError:
        raise AddressRefused("The address leads on to one that cannot be read") from None


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        raise AddressRefused("This address cannot be read; copy it again") from None


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return str(IPv6Address(text[1:-1]))
        except ValueError:
            raise AddressRefused("The address in brackets is no IPv6 address") from None
    name = _ascii(text)
    labels = name.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _quad(name)
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise AddressRefused("Write the host as a name such as example.org")
    return ".".join(labels)


def _quad(name: str) -> str:
    """Four decimal numbers; the short, octal, hexadecimal and single-number forms mean different hosts to others."""
    try:
        return str(IPv4Address(name))
    except ValueError:
        raise AddressRefused("Write an IPv4 address as four decimal numbers, such as 198.51.100.7") from None


def _ascii(text: str) -> str:
    if text.isascii():
        return text.lower()
    try:
        return idna.encode(text.lower()).decode("ascii")
    except idna.IDNAError:
        raise AddressRefused("The host has characters that no name has; copy the address again") from None
