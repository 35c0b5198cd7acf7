"""From a host to the addresses that a connection may use: asked once, every answer checked."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence

from greenroom.infra.fetch.address import Target
from greenroom.infra.fetch.allow import Entry
from greenroom.infra.fetch.networks import Address, is_public, parse
from greenroom.infra.fetch.refuse import unreachable
from greenroom.infra.open_transactions import expect_none_open

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, for a port; raises OSError when there are none."""


async def system_resolver(host: str, port: int) -> list[str]:
    """As this machine resolves names."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


async def permitted(target: Target, allowed: tuple[Entry, ...], resolver: Resolver) -> tuple[Address, ...]:
    """Where the connection may go. Raises AddressRefused unless all that the host resolves to is permitted.

    Every way to another server begins here, so TransactionOpen is raised here when a transaction is open.
    """
    expect_none_open(target.authority)
    addresses = await _addresses(target, resolver)
    if any(entry.covers(target.host, addresses, target.port) for entry in allowed):
        return addresses
    if not target.usual_port or not all(map(is_public, addresses)):
        raise unreachable(target.authority)
    return addresses


async def _addresses(target: Target, resolver: Resolver) -> tuple[Address, ...]:
    try:
        return (parse(target.host),)
    except ValueError:
        """A name, then."""
    try:
        addresses = tuple(parse(one) for one in await resolver(target.host, target.port))
    except (OSError, ValueError) as error:
        raise unreachable(target.authority) from error
    if not addresses:
        raise unreachable(target.authority)
    return addresses
