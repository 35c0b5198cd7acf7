"""What a server says about an account's name and address, bounded before it is kept: the server may be anybody's."""

import re

from greenroom.kit.errors import Unavailable
from greenroom.kit.text import clean_line

LONGEST_NAME = 200
LONGEST_ADDRESS = 1000
LONGEST_REMOTE = 300

_DID = re.compile(r"did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,270}")


def shown_as(handle: str, *, address: str, otherwise: str) -> dict[str, str]:
    """Handle, name and address as they are kept and shown; `otherwise` is the address when that one is too long."""
    short = clean_line(handle)[: LONGEST_NAME - 1].strip() or "unnamed"
    fits = len(address) <= LONGEST_ADDRESS and clean_line(address) == address and " " not in address
    return {"handle": short, "name": f"@{short}", "url": address if fits else otherwise}


def check_did(did: str, service: str) -> None:
    """Unavailable when the server says that somebody signed in who can't be."""
    if not _DID.fullmatch(did):
        raise Unavailable(f"{service} did not say who signed in; check its address")


def is_remote(remote: str) -> bool:
    """Whether this can be kept as who an account is on its server."""
    return len(remote) <= LONGEST_REMOTE and clean_line(remote) == remote
