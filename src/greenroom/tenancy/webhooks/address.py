"""Where an endpoint may be: on the public internet behind TLS, or on a machine that the administrator allowed."""

import asyncio
from datetime import timedelta

from greenroom.infra.fetch.address import read
from greenroom.infra.fetch.allow import read_allowed
from greenroom.infra.fetch.refuse import AddressRefused, unreachable
from greenroom.infra.fetch.resolve import Resolver, permitted, system_resolver
from greenroom.infra.settings import Settings

_WITHIN = timedelta(seconds=5)


async def check_address(settings: Settings, address: str, *, resolver: Resolver = system_resolver) -> None:
    """Raise AddressRefused for an address that nothing would be sent to; it is asked again at each delivery."""
    try:
        await _check(settings, address, resolver)
    except AddressRefused as refused:
        raise AddressRefused(refused.detail, fields={"address": refused.detail}) from refused


async def _check(settings: Settings, address: str, resolver: Resolver) -> None:
    target, allowed = read(address), read_allowed(settings.fetch_allow)
    try:
        async with asyncio.timeout(_WITHIN.total_seconds()):
            addresses = await permitted(target, allowed, resolver)
    except TimeoutError:
        raise unreachable(target.authority) from None
    own = any(entry.covers(target.host, addresses, target.port) for entry in allowed)
    if target.scheme == "http" and not own:
        raise AddressRefused("Give an address that begins with https://, so that nobody reads along")
