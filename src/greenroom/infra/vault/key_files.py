"""The master key in files: one line of 64 hexadecimal digits each, in a folder that only its owner may enter."""

import logging
import os
import re
from pathlib import Path

from greenroom.infra.vault.errors import WrongKey
from greenroom.infra.vault.master import Wrapped, key_id, mac_with, missing_key, no_key, unwrap_with, wrap_with
from greenroom.infra.vault.seal import KEY_BYTES

log = logging.getLogger(__name__)

_NAME = re.compile(r"vault(?:-(\d+))?\.key")
_KEY = re.compile(r"[0-9a-f]{64}")


class KeyFiles:
    """`vault.key`, then `vault-2.key` and so on; the highest number is the newest. Others may add and remove files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}

    def ids(self) -> list[str]:
        self._known = {key_id(key): key for key in (_read(path) for _, path in self._files())}
        return list(self._known)

    def where(self) -> str:
        return f"{self._folder} (a file vault.key or vault-2.key; vault_folder names another folder)"

    def make(self) -> str:
        """A file of its own for a fresh key, mode 0400, on disk for good; an older one stays to unwrap with."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        newest = next((number for number, _ in self._files()), 0)
        path = self._folder / (f"vault-{newest + 1}.key" if newest else "vault.key")
        _write_new(path, os.urandom(KEY_BYTES).hex() + "\n")
        return key_id(_read(path))

    def name_of(self, id: str) -> str | None:
        """The name of the file that holds this key."""
        return next((path.name for _, path in self._files() if key_id(_read(path)) == id), None)

    async def wrap(self, key: bytes) -> Wrapped:
        newest = next(iter(self.ids()), None)  # read anew: another process may have made a newer one
        if newest is None:
            raise no_key(self)
        return wrap_with(self._known[newest], key)

    async def unwrap(self, wrapped: Wrapped) -> bytes:
        if wrapped.by not in self._known and wrapped.by not in self.ids():
            raise missing_key(self, wrapped.by)
        return unwrap_with(self._known[wrapped.by], wrapped)

    async def mac(self, purpose: str, message: bytes) -> list[bytes]:
        if not self.ids():  # read anew, as for wrap: all processes have to name the same versions
            raise no_key(self)
        return [mac_with(key, purpose, message) for key in self._known.values()]

    def _files(self) -> list[tuple[int, Path]]:
        """The key files with their numbers, the newest first."""
        try:
            found = [(match, path) for path in self._folder.iterdir() if (match := _NAME.fullmatch(path.name))]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise WrongKey(f"{self._folder} cannot be read ({error.strerror}); let Greenroom's user read it") from error
        return sorted(((int(match[1] or 1), path) for match, path in found), reverse=True)


def _read(path: Path) -> bytes:
    try:
        text = path.read_text(encoding="ascii").strip()
        if path.stat().st_mode & 0o077:
            log.warning("%s can be read by others on this machine; chmod 0400 it", path)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongKey(f"The vault key {path} cannot be read ({error}); put the right file there") from error
    if not _KEY.fullmatch(text):
        raise WrongKey(f"{path} is no vault key, which is a line of 64 hexadecimal digits; put the right file there")
    return bytes.fromhex(text)


def _write_new(path: Path, text: str) -> None:
    """Whole or not at all, and never over a file that is there: the process that was faster wins."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), 0o400)
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            return
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
