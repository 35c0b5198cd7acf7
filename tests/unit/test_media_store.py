"""The folder of media: whole files under their hash, nothing else."""

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from greenroom.infra.store import MediaStore, link_into
from greenroom.kit.errors import NotFound

HASH = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def unfinished(store: MediaStore) -> list[Path]:
    return list((store.folder / "unfinished").iterdir())


def test_content_is_found_under_its_hash(store: MediaStore, tmp_path: Path) -> None:
    stored = store.put(b"hello")
    assert (stored.hash, stored.size) == (HASH, 5)
    assert store.path(HASH).read_bytes() == b"hello"
    assert store.path(HASH).relative_to(store.folder).parts == (HASH[:2], HASH[2:4], HASH)
    with store.open(HASH) as file:
        assert file.read() == b"hello"

    (tmp_path / "file").write_bytes(b"hello")
    assert store.put(tmp_path / "file") == stored
    assert unfinished(store) == []
    assert (tmp_path / "file").exists()


def test_kept_files_are_not_written_to(store: MediaStore) -> None:
    store.put(b"hello")
    assert store.path(HASH).stat().st_mode & 0o222 == 0


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", HASH.upper()])
def test_what_is_not_kept_is_not_found(store: MediaStore, name: str) -> None:
    store.put(b"hello")
    with pytest.raises(NotFound):
        store.path(name)


def test_many_at_once_leave_one_file(store: MediaStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(store.put, [b"hello" * 100_000] * 16))) == 1
    assert unfinished(store) == []


def test_a_source_that_breaks_leaves_nothing(store: MediaStore, tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        store.put(tmp_path)
    assert unfinished(store) == []


def test_what_a_killed_process_left_goes_after_a_day(store: MediaStore) -> None:
    old, fresh = store.folder / "unfinished" / "old", store.folder / "unfinished" / "fresh"
    old.touch()
    fresh.touch()
    yesterday = time.time() - 25 * 60 * 60
    os.utime(old, (yesterday, yesterday))
    MediaStore(store.folder)
    assert unfinished(store) == [fresh]


def test_a_link_has_a_readable_name_and_stays_in_its_folder(store: MediaStore, tmp_path: Path) -> None:
    store.put(b"hello")
    linked = link_into(store, HASH, tmp_path / "work", "../voice.wav")
    assert linked == tmp_path / "work" / "voice.wav"
    assert linked.read_bytes() == b"hello"
    assert link_into(store, HASH, tmp_path / "work", "voice.wav") == linked
