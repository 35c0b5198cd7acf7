"""The door of phones: what other rooms and the entrypoints may ask for."""

from greenroom.phones.agents import add_agent
from greenroom.phones.inventory import get_phone, list_phones
from greenroom.phones.leases import lease_of, release, renew, take

__all__ = ["add_agent", "get_phone", "lease_of", "list_phones", "release", "renew", "take"]
