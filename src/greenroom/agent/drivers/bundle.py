"""What an install is given: one APK, the files of a split one, or an archive (XAPK, APKS, APKM) that holds them.

Archives come from anywhere, so they are opened within limits of count, size, path and ratio; nothing is written outside
the folder given, and no more than was announced.
"""

import json
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

ENTRIES, EACH, TOTAL, RATIO = 1_000, 4 << 30, 8 << 30, 200
SMALL = 1 << 20  # bytes below which a ratio says nothing
MANIFEST = 1 << 20
ARCHIVES = {".xapk", ".apks", ".apkm", ".zip"}
OBB = re.compile(r"Android/obb/([\w.]+)/((?:main|patch)\.\d+\.[\w.]+\.obb)")
PACKAGE = re.compile(r"[A-Za-z]\w*(\.\w+)+")


class BadBundle(ValueError):
    """That file cannot be installed; the text says why."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """`extra`: files that have to lie on the phone beside the app, by their place below its shared storage."""

    apks: tuple[Path, ...]
    extra: tuple[tuple[Path, str], ...] = ()

    @property
    def size(self) -> int:
        return sum(one.stat().st_size for one in self.apks)


@contextmanager
def opened(files: Sequence[Path]) -> Iterator[Bundle]:
    """The package files that `files` hold; what had to be unpacked is gone afterwards."""
    if not files:
        raise BadBundle("there is no file to install")
    if len(files) == 1 and files[0].suffix.lower() in ARCHIVES:
        with TemporaryDirectory(prefix="greenroom-install-") as folder:
            yield unpack(files[0], Path(folder))
        return
    for file in files:
        if file.suffix.lower() != ".apk":
            raise BadBundle(f"{file.name} is neither an APK nor an archive of them (.xapk, .apks, .apkm)")
        with _archive(file) as archive:
            if "AndroidManifest.xml" not in archive.namelist():
                raise BadBundle(f"{file.name} is no Android package: it has no manifest")
    yield Bundle(tuple(files))


def unpack(file: Path, folder: Path) -> Bundle:
    """The APKs of an archive and its OBB files, unpacked below `folder` under names of our own."""
    with _archive(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check(file.name, entries)
        listed = _listed(archive)
        apks, extra = [], []
        for number, entry in enumerate(entries):
            name = PurePosixPath(entry.filename)
            place = OBB.fullmatch(entry.filename) or OBB.fullmatch(listed.get(entry.filename, ""))
            if name.suffix.lower() == ".apk":
                apks.append(_write(archive, entry, folder / str(number) / _safe(name.name)))
            elif place:
                extra.append((_write(archive, entry, folder / str(number) / "file.obb"), place[0]))
    if not apks:
        raise BadBundle(f"{file.name} holds no APK")
    return Bundle(tuple(apks), tuple(extra))


def _archive(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise BadBundle(f"{file.name} is damaged, or not an Android package") from error


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES:
        raise BadBundle(f"{name} holds {len(entries)} files, more than {ENTRIES}")
    if sum(entry.file_size for entry in entries) > TOTAL:
        raise BadBundle(f"{name} would unpack to more than {TOTAL >> 30} GiB")
    for entry in entries:
        path = entry.filename
        if path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts or ":" in path:
            raise BadBundle(f"{name} holds a path that leads out of it")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadBundle(f"{name} holds a link")
        if entry.flag_bits & 1:
            raise BadBundle(f"{name} is encrypted")
        if entry.file_size > EACH or (
            entry.file_size > SMALL and entry.file_size > RATIO * max(1, entry.compress_size)
        ):
            raise BadBundle(f"{name} holds a file that is too large or too tightly packed to be a package")


def _listed(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where an XAPK's manifest wants its expansion files."""
    try:
        with archive.open("manifest.json") as file:
            found = json.loads(file.read(MANIFEST))
        return {str(one["file"]): str(one["install_path"]) for one in found.get("expansions", ())}
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, zipfile.BadZipFile):
        return {}


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open(entry) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)  # ends at the size that was announced and checked
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise BadBundle(f"{PurePosixPath(entry.filename).name} in the archive is damaged: {error}") from error
    return target


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)[-100:]
