"""The address of a server that somebody has an account on, as a person writes it."""

from ipaddress import ip_address

from greenroom.infra.fetch.address import read
from greenroom.infra.fetch.refuse import AddressRefused
from greenroom.kit.errors import Invalid


def service_address(address: str) -> str:
    """The address up to its path; a password goes over plain HTTP to this machine only."""
    address = address.strip()
    try:
        target = read(address if "://" in address else f"https://{address}")
    except AddressRefused as refused:
        raise Invalid(refused.detail, fields={"service": refused.detail}) from refused
    if target.scheme == "http" and not _here(target.host):
        sentence = "A password is sent over https:// only; give the server's secure address"
        raise Invalid(sentence, fields={"service": sentence})
    return f"{target.scheme}://{target.authority}"


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
