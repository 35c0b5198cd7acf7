"""What is really out at the faulty platform: a line of JSON each, on disk before anybody is told."""

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, replace
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
    of: int = 1  # of how many it is the first, where it begins a thread


class Ledger:
    """The server's own view; `seen` is what its list shows by now."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / FILE).open("a", buffering=1)
        self._entries: dict[str, Entry] = {}
        self._edits: dict[str, list[tuple[float, str]]] = {}

    def add(self, account: str, marker: str, text: str, *, lag: float, of: int = 1) -> Entry:
        now = time.time()
        entry = Entry(f"p{len(self._entries) + 1}", account, marker, text, now, now + lag, of)
        self._file.write(json.dumps(asdict(entry)) + "\n")
        self._entries[entry.id] = entry
        return entry

    def edit(self, id: str, text: str, *, lag: float) -> bool:
        """Other words for a post, which its list shows after the lag; whether the post is there."""
        if id not in self._entries or not self._entries[id].account:
            return False
        self._file.write(json.dumps({"edited": id, "text": text}) + "\n")
        self._edits.setdefault(id, []).append((time.time() + lag, text))
        return True

    def shown(self, id: str) -> Entry | None:
        """The post as anybody sees it now; None when it is not out, or not any more."""
        entry, now = self._entries.get(id), time.time()
        if entry is None or not entry.account or entry.seen_from > now:
            return None
        texts = [text for seen_from, text in self._edits.get(id, ()) if seen_from <= now]
        return replace(entry, text=texts[-1]) if texts else entry

    def remove(self, id: str) -> bool:
        if id not in self._entries:
            return False
        self._file.write(json.dumps({"removed": id}) + "\n")
        self._entries[id] = Entry(id, "", "", "", 0, float("inf"))
        return True

    def seen(self, account: str, marker: str | None) -> list[Entry]:
        found = [
            self.shown(id)
            for id, entry in self._entries.items()
            if entry.account == account and marker in (None, entry.marker)
        ]
        return [entry for entry in found if entry is not None]


def out(folder: Path) -> Counter[str]:
    """How often each marker was ever put out, read from the disk."""
    lines = (json.loads(line) for line in (folder / FILE).read_text().splitlines())
    return Counter(line["marker"] for line in lines if "marker" in line)


def texts(folder: Path) -> dict[str, str]:
    """What the post of each marker says in the end, read from the disk."""
    found: dict[str, str] = {}
    markers: dict[str, str] = {}
    for line in (json.loads(line) for line in (folder / FILE).read_text().splitlines()):
        if "marker" in line:
            markers[line["id"]] = line["marker"]
        if "text" in line:
            found[markers[line.get("edited", line.get("id"))]] = line["text"]
    return found


def edits(folder: Path) -> int:
    """How often a post was given other words, the same ones again included."""
    return sum("edited" in json.loads(line) for line in (folder / FILE).read_text().splitlines())
