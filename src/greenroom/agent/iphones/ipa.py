"""Whether a file is an iPhone app (IPA) that can be handed to go-ios, which unpacks it on this computer."""

import plistlib
import re
import zipfile
from pathlib import Path, PurePosixPath
from xml.parsers.expat import ExpatError

ENTRIES, TOTAL, ABOUT = 200_000, 8 << 30, 4 << 20  # files, bytes unpacked, bytes of its Info.plist
INFO = re.compile(r"Payload/[^/]+\.app/Info\.plist")


class NoIpa(ValueError):
    """That file is no app for an iPhone; the text says why."""


def read_ipa(file: Path) -> str:
    """The bundle id of the app in it. Raises NoIpa. Reads the archive's list and one small file."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check(entries)
            found = [entry for entry in entries if INFO.fullmatch(entry.filename)]
            if len(found) != 1:
                raise NoIpa("it is no IPA: it holds no app below Payload")
            if found[0].file_size > ABOUT:
                raise NoIpa("its Info.plist is too large")
            said = plistlib.loads(archive.read(found[0]))
    except (OSError, zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise NoIpa("it is damaged, or no IPA at all") from error
    except (plistlib.InvalidFileException, ExpatError, ValueError, RecursionError) as error:
        raise error if isinstance(error, NoIpa) else NoIpa("its Info.plist can't be read") from error
    return str(said.get("CFBundleIdentifier", "")) if isinstance(said, dict) else ""


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > TOTAL:
        raise NoIpa(f"it would unpack to more than {ENTRIES} files or {TOTAL >> 30} GiB")
    for entry in entries:
        path = entry.filename
        if path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts:
            raise NoIpa("it holds a path that leads out of it")
        if entry.flag_bits & 1:
            raise NoIpa("it is encrypted")
