"""The master key: wraps the organisations' data keys, and stays outside the database and its backups.

A key service (a cloud's KMS, HashiCorp Vault's transit) takes the key files' place by implementing MasterKey.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from greenroom.infra.settings import Settings
from greenroom.infra.vault.errors import Unreadable, WrongKey
from greenroom.infra.vault.seal import KEY_BYTES


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as the database keeps it: `by` is the id of the master key that wrapped it."""

    by: str
    key: bytes


class MasterKey(Protocol):
    """One or several versions of a key; the newest wraps, and all of them unwrap."""

    def ids(self) -> list[str]:
        """What is here now, the newest first; empty when nothing is."""

    def where(self) -> str:
        """Where the key has to be put, for a sentence."""

    def make(self) -> str | None:
        """A fresh newest version, and its id; None where somebody else has to make it."""

    async def wrap(self, key: bytes) -> Wrapped:
        """Raises WrongKey when there is no key to wrap with."""

    async def unwrap(self, wrapped: Wrapped) -> bytes:
        """Raises WrongKey when that version is not here, Unreadable when it did not make these bytes."""

    async def mac(self, purpose: str, message: bytes) -> list[bytes]:
        """What only the holder of the key could make of the message: one for each version, the newest first.

        Each purpose has a key of its own, derived from the version. Raises WrongKey when there is no key.
        """


def prepare(master: MasterKey, in_use: Iterable[str]) -> None:
    """Make the first key where nothing depends on one yet; raises WrongKey when one that is in use is not here.

    In that case nothing is written: a new key would only hide that the old one is missing.
    """
    here, needed = master.ids(), set(in_use)
    if missing := sorted(needed - set(here)):
        have = f"what is there is {', '.join(here)}" if here else "there is none"
        raise WrongKey(
            f"Secrets in this database need the vault key {', '.join(missing)}, and {have}. Put that key into "
            f"{master.where()}, and start again; nothing was changed. Backups never hold it: take the copy that you "
            "keep elsewhere"
        )
    if not here:
        master.make()


def master_key(settings: Settings) -> MasterKey:
    """What the settings name: keys given in them, else the files of a folder."""
    from greenroom.infra.vault.key_files import KeyFiles

    return GivenKeys(settings.vault_key) if settings.vault_key else KeyFiles(settings.vault_folder)


class GivenKeys:
    """Keys out of a setting, which another program fills from its own vault; the newest first, with commas."""

    def __init__(self, given: str) -> None:
        self._keys = {key_id(key): key for key in (bytes.fromhex(part) for part in given.split(","))}

    def ids(self) -> list[str]:
        return list(self._keys)

    def where(self) -> str:
        return "the setting vault_key (GREENROOM_VAULT_KEY), the newest first, with a comma between two"

    def make(self) -> str | None:
        return None

    async def wrap(self, key: bytes) -> Wrapped:
        return wrap_with(next(iter(self._keys.values())), key)

    async def unwrap(self, wrapped: Wrapped) -> bytes:
        if wrapped.by not in self._keys:
            raise missing_key(self, wrapped.by)
        return unwrap_with(self._keys[wrapped.by], wrapped)

    async def mac(self, purpose: str, message: bytes) -> list[bytes]:
        return [mac_with(key, purpose, message) for key in self._keys.values()]


def key_id(key: bytes) -> str:
    """Names a key without telling anything of it: 64 bits of an HMAC under the key."""
    return hmac.new(key, b"greenroom vault key id", hashlib.sha256).hexdigest()[:16]


def wrap_with(master: bytes, key: bytes) -> Wrapped:
    """AES key wrap (RFC 3394), which checks itself when it is undone."""
    return Wrapped(key_id(master), aes_key_wrap(master, key))


def unwrap_with(master: bytes, wrapped: Wrapped) -> bytes:
    try:
        key = aes_key_unwrap(master, wrapped.key)
    except InvalidUnwrap:
        key = b""
    if len(key) != KEY_BYTES:
        raise Unreadable("The stored data key was changed outside Greenroom; restore it from a backup")
    return key


def mac_with(master: bytes, purpose: str, message: bytes) -> bytes:
    """HMAC-SHA256 under the purpose's key, which is itself an HMAC under the master key."""
    derived = hmac.new(master, b"greenroom derived key: " + purpose.encode(), hashlib.sha256).digest()
    return hmac.new(derived, message, hashlib.sha256).digest()


def missing_key(master: MasterKey, id: str) -> WrongKey:
    return WrongKey(f"This secret needs the vault key {id}, which is not here. Put it into {master.where()}")


def no_key(master: MasterKey) -> WrongKey:
    return WrongKey(f"There is no vault key; put one into {master.where()}, or start Greenroom, which makes one")
