"""Whose an address is when requests are counted: with IPv6 each household has a network, not one address."""

from ipaddress import IPv6Address, IPv6Network, ip_address

_GIVEN = 64
"""Bits that are the same for everything behind one line (RFC 6177, RFC 4291 2.5.1); the rest is chosen freely."""


def network_of(address: str) -> str:
    """The address itself, for IPv6 the network of 64 bits that it is in; what is no address stays as it is."""
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(IPv6Network((read, _GIVEN), strict=False))
