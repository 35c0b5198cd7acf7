"""Runs all the stages without a database: what `greenroom make` does."""

import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from greenroom.studio.contracts import Check, Made, MakeInput, Manifest, Progress, Rendered, Script, Spoken, StageTime
from greenroom.studio.errors import DiskFull
from greenroom.studio.make.profile import FINAL, Profile
from greenroom.studio.make.stage import SceneCache, Stage, StageResult, Work
from greenroom.studio.make.stages import STAGES, address

_BESIDE = {"captions.vtt": ".vtt", "transcript.txt": ".txt", "thumbnail.jpg": ".jpg"}


def make_video(
    job: MakeInput,
    out: Path,
    *,
    folder: Path,
    credentials: Path | None = None,
    profile: Profile = FINAL,
    progress: Callable[[Progress], None] = lambda at: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Made:
    """Make `out` (and .vtt, .txt, .jpg beside it). `folder` keeps finished stages and scenes between runs.

    Raises Refused, Unwritable or Invalid for briefs, DiskFull, Cancelled. A blocking check does not raise:
    see `Made.blocking`; then nothing is put at `out`.
    """
    with _room(folder):
        folder.mkdir(parents=True, exist_ok=True)
        cache = SceneCache(folder / "scenes")
        before: dict[str, StageResult] = {}
        times: list[StageTime] = []
        for stage in STAGES:
            began = time.perf_counter()
            key = address(stage, job, before, profile, credentials or folder / "credentials")
            place = folder / "stages" / f"{stage.name}-{key}"
            kept = _kept(place)
            if kept is None:
                report = _reporter(stage, progress, began)
                place.mkdir(parents=True, exist_ok=True)
                work = Work(place, cache, credentials or folder / "credentials", profile, report, cancelled)
                work.check()
                result = stage.run(job, before, work)
                _keep(place, result)
            else:
                result = kept
            before[stage.name] = result
            seconds = round(time.perf_counter() - began, 3)
            times.append(StageTime(name=stage.name, title=stage.title, seconds=seconds, cached=kept is not None))
        progress(Progress(stage="done", title="Done", fraction=1, overall=1, message="", eta_seconds=0))
        made = _made(before, times, out)
        if not made.blocking:
            _deliver(before, out)
        return made


def overall(name: str, fraction: float) -> float:
    """How much of the whole is done when a stage is at `fraction`."""
    total = sum(stage.weight for stage in STAGES)
    passed = 0.0
    for stage in STAGES:
        if stage.name == name:
            return (passed + stage.weight * fraction) / total
        passed += stage.weight
    return 1.0


def _reporter(stage: Stage, progress: Callable[[Progress], None], began: float) -> Callable[[float, str], None]:
    """Turns a stage's own progress into that of the whole, with the time left by this stage's pace."""

    def report(fraction: float, message: str) -> None:
        done = overall(stage.name, fraction)
        spent = time.perf_counter() - began
        share = done - overall(stage.name, 0)
        eta = (1 - done) * spent / share if share > 0.02 and spent > 0.5 else None
        at = Progress(
            stage=stage.name, title=stage.title, fraction=fraction, overall=done, message=message, eta_seconds=eta
        )
        progress(at)

    report(0.0, "")
    return report


def _made(before: dict[str, StageResult], times: list[StageTime], out: Path) -> Made:
    checks = [*before["checks"].data["checks"], *before["sign"].data["checks"]]
    return Made(
        script=Script.model_validate(before["script"].data["script"]),
        spoken=Spoken.model_validate(before["voice"].data["spoken"]),
        rendered=Rendered.model_validate(before["render"].data["rendered"]),
        checks=tuple(Check.model_validate(check) for check in checks),
        manifest=Manifest.model_validate(before["sign"].data["manifest"]),
        stages=tuple(times),
        video=str(out),
        captions=str(out.with_suffix(".vtt")),
        transcript=str(out.with_suffix(".txt")),
        thumbnail=str(out.with_suffix(".jpg")),
    )


def _deliver(before: dict[str, StageResult], out: Path) -> None:
    """Put the files at their places, each whole or not at all, the video last."""
    out.parent.mkdir(parents=True, exist_ok=True)
    for name, suffix in _BESIDE.items():
        _copy(before["render"].files[name], out.with_suffix(suffix))
    _copy(before["sign"].files["video.mp4"], out)


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _keep(place: Path, result: StageResult) -> None:
    """The note is written last, so a stage that was interrupted is not taken for finished."""
    note = {"data": result.data, "files": {name: path.name for name, path in result.files.items()}}
    part = place / ".result.part"
    part.write_text(json.dumps(note), encoding="utf-8")
    part.replace(place / "result.json")


def _kept(place: Path) -> StageResult | None:
    note = place / "result.json"
    if not note.is_file():
        return None
    known = json.loads(note.read_bytes())
    files = {name: place / path for name, path in known["files"].items()}
    return StageResult(known["data"], files) if all(path.is_file() for path in files.values()) else None


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """One clear sentence when the disk is full."""
    try:
        yield
    except OSError as wrong:
        if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"The disk that holds {folder} is full; make room and start again. Nothing was lost."
            ) from wrong
        raise
