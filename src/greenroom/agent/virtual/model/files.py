"""The phone's own files: a path and its bytes, no more of them than the storage has room for."""

from collections.abc import Callable, Iterator, MutableMapping
from pathlib import PurePosixPath

from greenroom.agent.virtual.contracts import Refused

LIMIT = 256 * 1024 * 1024
FOLDERS = ("/sdcard", "/sdcard/DCIM", "/sdcard/DCIM/Camera", "/sdcard/Pictures", "/sdcard/Download", "/data/local/tmp")
_LINKS = (("/storage/emulated/0", "/sdcard"), ("/storage/self/primary", "/sdcard"), ("/mnt/sdcard", "/sdcard"))


class Files(MutableMapping[str, bytes]):
    """Paths are absolute and normalised: `..` is resolved, and the other names of /sdcard mean it too."""

    def __init__(self, changed: Callable[[str], None], full: Callable[[], bool], limit: int = LIMIT) -> None:
        self._content: dict[str, bytes] = {}
        self.folders: set[str] = {
            "/",
            *(str(up) for one in FOLDERS for up in (PurePosixPath(one), *PurePosixPath(one).parents)),
        }
        self._changed, self._full = changed, full
        self.limit = limit
        self.used = 0
        self.stamps: dict[str, int] = {}  # of a path: the number of the write that made it what it is
        self._writes = 0

    def __getitem__(self, path: str) -> bytes:
        return self._content[normal(path)]

    def __setitem__(self, path: str, content: bytes) -> None:
        path = normal(path)
        if path in self.folders:
            raise Refused(f"{path}: Is a directory")
        used = self.used - len(self._content.get(path, b"")) + len(content)
        if used > self.limit or (self._full() and content):
            raise Refused("No space left on device")
        for up in PurePosixPath(path).parents:
            if str(up) in self._content:
                raise Refused(f"{up}: Not a directory")
            self.folders.add(str(up))
        self._content.pop(path, None)  # the newest is last
        self._content[path] = content
        self.used = used
        self._writes += 1
        self.stamps[path] = self._writes
        self._changed(path)

    def __delitem__(self, path: str) -> None:
        path = normal(path)
        self.used -= len(self._content.pop(path))
        del self.stamps[path]
        self._changed(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)

    def listing(self, folder: str) -> list[str]:
        """The names of a folder's files and folders, sorted."""
        start = normal(folder).rstrip("/") + "/"
        below = (path[len(start) :] for path in (*self._content, *self.folders) if path.startswith(start))
        return sorted({rest.split("/")[0] for rest in below if rest})

    def make_folder(self, path: str) -> None:
        path = normal(path)
        if path in self._content:
            raise Refused(f"{path}: File exists")
        self.folders.update(str(up) for up in (PurePosixPath(path), *PurePosixPath(path).parents))


def normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    found = "/" + "/".join(parts)
    for link, target in _LINKS:
        if found == link or found.startswith(link + "/"):
            return target + found[len(link) :]
    return found
