"""Serial numbers that two phones were seen with: kept for good, or whoever stays alone would be taken for the other."""

import json
import logging
from collections.abc import Iterable
from pathlib import Path

log = logging.getLogger(__name__)

FILE = "shared-serials.json"


class Shared:
    """`home` None: known as long as the program runs."""

    def __init__(self, home: Path | None = None) -> None:
        self._file = home / FILE if home else None
        self._serials = set(_read(self._file)) if self._file else set[str]()

    def __contains__(self, serial: str) -> bool:
        return serial in self._serials

    def add(self, serials: Iterable[str]) -> None:
        new = set(serials) - self._serials
        if not new:
            return
        log.warning("More than one phone says that its serial number is %s: told apart by USB port", ", ".join(new))
        self._serials |= new
        if self._file is None:
            return
        half = self._file.with_suffix(".new")
        try:
            half.write_text(json.dumps(sorted(self._serials)))
            half.replace(self._file)
        except OSError as error:
            log.warning("%s can't be written: %s", self._file, error)


def _read(file: Path) -> list[str]:
    try:
        found = json.loads(file.read_text())
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        log.warning("%s can't be read, so serial numbers seen before on two phones are not known: %s", file, error)
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
