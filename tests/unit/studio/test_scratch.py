"""Folders of work in progress: gone afterwards, also those of the dead; finished scenes kept within bounds."""

import os
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from greenroom.studio.scratch import prune, scenes, scratch


def test_a_run_has_empty_folders_and_leaves_none(tmp_path: Path) -> None:
    with scratch(tmp_path, ["voice", "render"]) as folders:
        assert list(folders) == ["voice", "render"]
        assert all(folder.is_dir() and not list(folder.iterdir()) for folder in folders.values())
        (folders["voice"] / "file").touch()
    assert list((tmp_path / "cache" / "studio" / "work").iterdir()) == []


def test_it_is_cleared_when_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), scratch(tmp_path, ["voice"]):
        raise ZeroDivisionError
    assert list((tmp_path / "cache" / "studio" / "work").iterdir()) == []


def test_the_dead_ones_folders_go_and_the_livings_stay(tmp_path: Path) -> None:
    work = tmp_path / "cache" / "studio" / "work"
    dead = subprocess.Popen(["true"])
    dead.wait()
    for name in (f"{dead.pid}-a", f"{os.getpid()}-b", "1-c"):
        (work / name).mkdir(parents=True)
    with scratch(tmp_path, []):
        left = {folder.name for folder in work.iterdir()}
    assert f"{dead.pid}-a" not in left
    assert {f"{os.getpid()}-b", "1-c"} <= left


def test_scenes_go_when_they_are_old_or_too_many(tmp_path: Path) -> None:
    folder = scenes(tmp_path)
    prune(folder)  # nothing was made on this machine yet
    folder.mkdir(parents=True)
    now = time.time()
    for age, name in enumerate(["new", "younger", "older"]):
        path = folder / name
        path.write_bytes(b"x" * 100)
        os.utime(path, (now - age * 60, now - age * 60))
    prune(folder, older_than=timedelta(seconds=90), largest=1000)
    assert {path.name for path in folder.iterdir()} == {"new", "younger"}
    prune(folder, older_than=timedelta(days=1), largest=150)
    assert {path.name for path in folder.iterdir()} == {"new"}
