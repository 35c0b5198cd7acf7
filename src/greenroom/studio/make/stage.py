"""What a stage of the pipeline is, what it gets to work with and what it gives back."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from greenroom.studio.contracts import MakeInput
from greenroom.studio.errors import Cancelled
from greenroom.studio.make.profile import FINAL, Profile


@dataclass(frozen=True, slots=True)
class StageResult:
    """`data` is JSON; `files` maps a name to a file in the stage's folder, to be kept by the caller."""

    data: dict[str, Any]
    files: dict[str, Path] = field(default_factory=dict)


Before = Mapping[str, StageResult]


class SceneCache:
    """Files by content key in one folder. Keys are made by `digest`; a put is atomic, so readers see whole files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> Path | None:
        path = self.folder / key
        return path if path.is_file() else None

    def put(self, key: str, made: Path) -> Path:
        """Move a finished file in; it may lie on another file system."""
        path = self.folder / key
        part = path.with_name(f".{path.name}.{id(made):x}")
        shutil.move(made, part)
        part.replace(path)
        return path


def _ignore(fraction: float, message: str) -> None:
    pass


def _go_on() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """Where and how a stage works. `cancelled` may be called from any thread and often."""

    folder: Path
    cache: SceneCache
    credentials: Path
    profile: Profile = FINAL
    progress: Callable[[float, str], None] = _ignore
    cancelled: Callable[[], bool] = _go_on

    def check(self) -> None:
        """Raise `Cancelled` when somebody asked this run to stop."""
        if self.cancelled():
            raise Cancelled


class Stage(Protocol):
    """One durable step. `weight` is its share of the whole time; `key` addresses its result by content."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def weight(self) -> float: ...

    def key(self, job: MakeInput, before: Before, profile: Profile) -> str: ...

    def run(self, job: MakeInput, before: Before, work: Work) -> StageResult: ...
