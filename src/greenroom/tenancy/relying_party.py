"""Under which name and address passkeys belong to this installation (WebAuthn 3, 5.1.2). Pure."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from greenroom.kit.errors import Conflict

NAME = "Greenroom"


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """`id` is the host that passkeys are bound to, `origin` where the browser must have been."""

    id: str
    origin: str


def relying_party(public_url: str | None, request_url: str) -> RelyingParty:
    """The settings' public address, else the one that the browser asked.

    A passkey made under one host never answers for another: the browser and the signed host name see to that.
    Raises Conflict where browsers allow no passkeys: under a bare IP address, or without TLS but on this machine.
    """
    parts = urlsplit(public_url or request_url)
    host = parts.hostname or ""
    if _is_address(host) or (parts.scheme != "https" and host != "localhost"):
        raise Conflict(
            "Browsers allow passkeys under a name with https, or under localhost on the same machine; "
            "open Greenroom that way"
        )
    return RelyingParty(host, f"{parts.scheme}://{parts.netloc}")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
