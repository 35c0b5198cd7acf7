"""What go-ios prints, line by line: JSON documents, and its log, which is JSON as well.

Since 1.2.0 a log line is {"time", "level": "ERROR", "msg", "err" | "error", …}; before, its levels were small letters.
What it prints as it crashes is Go's own text. (github.com/danielpaulus/go-ios: main.go, cmd_device_*.go)
"""

import json
from dataclasses import dataclass
from typing import Any

BAD = ("error", "fatal", "panic")


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the log. `says` is the message with its cause; `udid` is empty where it is about no one iPhone.

    `percent`: how far an install is, where the line tells.
    """

    level: str
    says: str
    udid: str = ""
    percent: int | None = None

    @property
    def bad(self) -> bool:
        return self.level in BAD


def read_line(line: str) -> Note | Any | None:
    """A note of the log, a document, or None for a line that is neither."""
    if line.startswith("panic:"):
        return Note("panic", line[:500])
    try:
        said = json.loads(line)
    except ValueError:
        return None
    if isinstance(said, dict) and isinstance(said.get("msg"), str) and isinstance(said.get("level"), str):
        cause = said.get("err") or said.get("error")
        says = f"{said['msg']}: {cause}" if cause else said["msg"]
        return Note(
            said["level"].lower(), says[:2000], str(said.get("udid", "")), _percent(said.get("percentComplete"))
        )
    return said


def _percent(value: object) -> int | None:
    return min(max(value, 0), 100) if isinstance(value, int) and not isinstance(value, bool) else None
