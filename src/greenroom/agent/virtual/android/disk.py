"""The phone's files as folders: paths, rights and times over the model's plain table of path and bytes."""

import fnmatch
import posixpath
import stat
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field

from greenroom.agent.virtual.contracts import Refused

SHARED = "/sdcard"
ALIASES = ("/storage/emulated/0", "/storage/self/primary", "/mnt/sdcard", "/data/media/0")
SHARED_FOLDERS = (
    "Android/data", "Android/obb", "DCIM/Camera", "Documents", "Download", "Movies", "Music", "Pictures",
)  # fmt: skip
FOLDERS = (
    "/", "/data", "/data/local", "/data/local/tmp", "/storage", "/storage/emulated", "/system", "/system/bin", SHARED,
    f"{SHARED}/Android", f"{SHARED}/DCIM", *(f"{SHARED}/{name}" for name in SHARED_FOLDERS),
)  # fmt: skip
WRITABLE = ("/data/local/tmp", SHARED)
CLOSED = ("/data/data", "/data/app", "/data/system", "/data/user", "/root")


class NoSuchPath(Exception):
    """Nothing is there, or not of this kind; the text is what a tool prints."""


class NotAllowed(Exception):
    """The shell user may not do that, or there is no room."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What `stat` says; `mode` with the kind, `modified` in whole seconds since 1970."""

    path: str
    mode: int
    size: int
    modified: int

    @property
    def folder(self) -> bool:
        return stat.S_ISDIR(self.mode)


@dataclass(slots=True)
class Disk:
    """`room` answers how many bytes are still free."""

    files: MutableMapping[str, bytes]
    room: Callable[[], int]
    folders: set[str] = field(default_factory=lambda: set(FOLDERS))
    facts: dict[str, tuple[int, int]] = field(default_factory=dict)  # path to rights and time
    born: int = field(default_factory=lambda: int(time.time()))

    def resolve(self, name: str, folder: str = "/") -> str:
        """An absolute path without `.`, `..` and the other names of the shared storage."""
        path = "/" + posixpath.normpath(posixpath.join(folder, name)).lstrip("/")
        for alias in ALIASES:
            if path == alias or path.startswith(alias + "/"):
                return SHARED + path[len(alias) :]
        return path

    def is_file(self, path: str) -> bool:
        return path in self.files

    def is_folder(self, path: str) -> bool:
        return path in self.folders or any(name.startswith(path.rstrip("/") + "/") for name in self.files)

    def entry(self, path: str) -> Entry | None:
        """What is at a path, or None; what belongs to apps is not shown to the shell user."""
        if _within(path, CLOSED):
            return None
        if path in self.files:
            mode, modified = self.facts.get(path, (0o660, self.born))
            return Entry(path, stat.S_IFREG | mode, len(self.files[path]), modified)
        if self.is_folder(path):
            return Entry(path, stat.S_IFDIR | 0o771, 4096, self.facts.get(path, (0, self.born))[1])
        return None

    def read(self, path: str) -> bytes:
        """A file's bytes; NoSuchPath where none is."""
        if _within(path, CLOSED):
            raise NotAllowed(f"{path}: Permission denied")
        if path not in self.files:
            raise NoSuchPath(f"{path}: {'Is a directory' if self.is_folder(path) else 'No such file or directory'}")
        return bytes(self.files[path])

    def write(self, path: str, data: bytes, *, mode: int = 0o660, modified: int | None = None) -> None:
        """Put a file with the folders above it; NotAllowed outside the shell user's places, or without room."""
        self.check_writable(path)
        if len(data) > self.room() + len(self.files.get(path, b"")):
            raise NotAllowed(f"{path}: No space left on device")
        self.make_folder(posixpath.dirname(path))
        try:
            self.files[path] = data
        except Refused as error:
            raise NotAllowed(f"{path}: {error}") from error
        self.facts[path] = (mode & 0o777, int(time.time()) if modified is None else modified)

    def check_writable(self, path: str) -> None:
        if not _within(path, WRITABLE):
            raise NotAllowed(f"{path}: {'Permission denied' if _within(path, ('/data',)) else 'Read-only file system'}")
        if path in self.folders:
            raise NotAllowed(f"{path}: Is a directory")

    def make_folder(self, path: str) -> None:
        while path not in self.folders:
            if path in self.files:
                raise NotAllowed(f"{path}: Not a directory")
            if not _within(path, WRITABLE):
                raise NotAllowed(f"{path}: Permission denied")
            self.folders.add(path)
            path = posixpath.dirname(path)

    def remove(self, path: str, *, whole: bool = False) -> None:
        """Delete a file, or with `whole` a folder and all below it."""
        if self.entry(path) is None:
            _absent(path)
        if not _within(path, WRITABLE):
            raise NotAllowed(f"{path}: Permission denied")
        if path in self.files:
            del self.files[path]
        elif not whole:
            raise NotAllowed(f"{path}: Is a directory")
        else:
            below = path + "/"
            for name in [name for name in self.files if name.startswith(below)]:
                del self.files[name]
            self.folders -= {name for name in self.folders if name == path or name.startswith(below)}
            self.folders |= set(FOLDERS)

    def listing(self, path: str) -> list[Entry]:
        """What lies in a folder, by name; NoSuchPath where no folder is."""
        if not self.is_folder(path):
            _absent(path)
        base = path.rstrip("/") + "/"
        names = {name[len(base) :].partition("/")[0] for name in (*self.files, *self.folders) if name.startswith(base)}
        found = (self.entry(base + name) for name in sorted(names) if name)
        return [entry for entry in found if entry]

    def matching(self, pattern: str, folder: str) -> list[str]:
        """The paths that fit a shell pattern in its last part, as they would be written."""
        path = self.resolve(pattern, folder)
        parent, last = posixpath.split(path)
        if not self.is_folder(parent):
            return []
        names = [posixpath.basename(entry.path) for entry in self.listing(parent)]
        head = posixpath.dirname(pattern)
        return [posixpath.join(head, name) for name in names if fnmatch.fnmatchcase(name, last)]


def _within(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(place + "/") for place in places)


def _absent(path: str) -> None:
    raise NoSuchPath(f"{path}: No such file or directory")
