"""The home: made when missing; one clear sentence when it cannot be used. And who runs on it."""

import errno
import os
import time
from pathlib import Path

import pytest

from greenroom.entrypoints.running import AlreadyRuns, Running, find_running, hold, is_held, write_running
from greenroom.infra.home import prepare_home
from greenroom.kit.errors import DiskFull, Unavailable


def test_a_home_is_made(tmp_path: Path) -> None:
    home = tmp_path / "a b" / "ü"
    prepare_home(home)
    prepare_home(home)
    assert sorted(path.name for path in home.iterdir()) == ["logs", "run"]
    assert list((home / "run").iterdir()) == []


def test_a_file_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(Unavailable, match="is a file, not a folder; set GREENROOM_HOME"):
        prepare_home(tmp_path / "home")


@pytest.mark.parametrize(
    ("number", "kind", "sentence"),
    [
        (errno.ENOSPC, DiskFull, "is full; make room"),
        (errno.EROFS, Unavailable, "read-only disk; set GREENROOM_HOME"),
        (errno.EACCES, Unavailable, "may not write to .*; set GREENROOM_HOME"),
        (errno.EIO, Unavailable, "cannot be used"),
    ],
)
def test_what_the_disk_says_becomes_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, kind: type[Exception], sentence: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(kind, match=sentence):
        prepare_home(tmp_path / "home")


def test_only_one_may_hold_a_home_and_a_look_does_not_disturb(tmp_path: Path) -> None:
    prepare_home(tmp_path)
    running = Running(os.getpid(), "127.0.0.1", 8000, "http://127.0.0.1:8000", "1", time.time(), "/first-run/x")
    assert not is_held(tmp_path)
    with hold(tmp_path):
        assert is_held(tmp_path)
        assert find_running(tmp_path) is None
        write_running(tmp_path, running)
        assert find_running(tmp_path) == running
        assert running.first_run_url == "http://127.0.0.1:8000/first-run/x"
        with pytest.raises(AlreadyRuns), hold(tmp_path):
            raise AssertionError("two held it")
    assert find_running(tmp_path) is None


def test_a_dead_supervisors_file_is_not_believed(tmp_path: Path) -> None:
    prepare_home(tmp_path)
    write_running(tmp_path, Running(1, "127.0.0.1", 8000, "http://127.0.0.1:8000", "1", 0.0))
    assert find_running(tmp_path) is None


def test_the_file_with_the_first_link_is_for_its_owner_only(tmp_path: Path) -> None:
    prepare_home(tmp_path)
    write_running(tmp_path, Running(1, "127.0.0.1", 8000, "http://127.0.0.1:8000", "1", 0.0))
    assert (tmp_path / "run" / "up.json").stat().st_mode & 0o077 == 0
