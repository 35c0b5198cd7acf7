"""What a check found."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from greenroom.infra.settings import Settings

State = Literal["ok", "warn", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `mend` says what to do unless all is well."""

    name: str
    state: State
    message: str
    mend: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


Check = Callable[[Settings], Iterable[Finding]]


def ok(name: str, message: str) -> Finding:
    return Finding(name, "ok", message)


def warn(name: str, message: str, mend: str) -> Finding:
    return Finding(name, "warn", message, mend)


def broken(name: str, message: str, mend: str) -> Finding:
    return Finding(name, "broken", message, mend)
