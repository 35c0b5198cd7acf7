"""What is really out at the faulty platform: a line of JSON each, on disk before anybody is told."""

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One post. The platform makes a new one for every call that it accepts, also for the same text."""

    id: str
    account: str
    marker: str
    text: str
    at: float
    seen_from: float


class Ledger:
    """The server's own view; `seen` is what its list shows by now."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / FILE).open("a", buffering=1)
        self._entries: dict[str, Entry] = {}

    def add(self, account: str, marker: str, text: str, *, lag: float) -> Entry:
        now = time.time()
        entry = Entry(f"p{len(self._entries) + 1}", account, marker, text, now, now + lag)
        self._file.write(json.dumps(asdict(entry)) + "\n")
        self._entries[entry.id] = entry
        return entry

    def remove(self, id: str) -> bool:
        if id not in self._entries:
            return False
        self._file.write(json.dumps({"removed": id}) + "\n")
        self._entries[id] = Entry(id, "", "", "", 0, float("inf"))
        return True

    def seen(self, account: str, marker: str | None) -> list[Entry]:
        now = time.time()
        return [
            entry
            for entry in self._entries.values()
            if entry.account == account and entry.seen_from <= now and marker in (None, entry.marker)
        ]


def out(folder: Path) -> Counter[str]:
    """How often each marker was ever put out, read from the disk."""
    lines = (json.loads(line) for line in (folder / FILE).read_text().splitlines())
    return Counter(line["marker"] for line in lines if "marker" in line)
