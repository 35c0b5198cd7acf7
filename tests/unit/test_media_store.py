"""The folder of media and the cache before a bucket: whole files under their hash, nothing else."""

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from greenroom.infra.store import link_into
from greenroom.infra.store.cache import Cache
from greenroom.infra.store.folder import FolderStore
from greenroom.kit.errors import NotFound, Unavailable

HASH = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "media")


def unfinished(store: FolderStore) -> list[Path]:
    return list((store.folder / "unfinished").iterdir())


def test_content_is_found_under_its_hash(store: FolderStore, tmp_path: Path) -> None:
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


def test_kept_files_are_not_written_to(store: FolderStore) -> None:
    store.put(b"hello")
    assert store.path(HASH).stat().st_mode & 0o222 == 0


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", HASH.upper()])
def test_what_is_not_kept_is_not_found(store: FolderStore, name: str) -> None:
    store.put(b"hello")
    with pytest.raises(NotFound):
        store.path(name)


def test_many_at_once_leave_one_file(store: FolderStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(store.put, [b"hello" * 100_000] * 16))) == 1
    assert unfinished(store) == []


def test_a_source_that_breaks_leaves_nothing(store: FolderStore, tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        store.put(tmp_path)
    assert unfinished(store) == []


def test_what_a_killed_process_left_goes_after_a_day(store: FolderStore) -> None:
    old, fresh = store.folder / "unfinished" / "old", store.folder / "unfinished" / "fresh"
    old.touch()
    fresh.touch()
    yesterday = time.time() - 25 * 60 * 60
    os.utime(old, (yesterday, yesterday))
    FolderStore(store.folder)
    assert unfinished(store) == [fresh]


def test_a_link_has_a_readable_name_and_stays_in_its_folder(store: FolderStore, tmp_path: Path) -> None:
    store.put(b"hello")
    linked = link_into(store, HASH, tmp_path / "work", "../voice.wav")
    assert linked == tmp_path / "work" / "voice.wav"
    assert linked.read_bytes() == b"hello"
    assert link_into(store, HASH, tmp_path / "work", "voice.wav") == linked


def test_a_cache_forgets_the_longest_unused_and_nothing_that_is_in_use(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", most=25)
    now = time.time()
    hashes = [cache.put(bytes([number]) * 10).hash for number in range(4)]
    for hash, age in zip(hashes, (9000, 8000, 10_000, 10), strict=True):
        os.utime(cache.path(hash), (now - age, now - age))
    cache.trim(now=now)
    assert [cache.has(hash) for hash in hashes] == [False, True, False, True]
    Cache(tmp_path / "cache", most=0).trim(now=now)
    assert [cache.has(hash) for hash in hashes] == [False, False, False, True]


def test_a_cache_takes_only_what_it_was_promised(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", most=100)
    assert cache.take(HASH, iter([b"hel", b"lo"])).read_bytes() == b"hello"
    with pytest.raises(Unavailable, match="other content"):
        cache.take("0" * 64, iter([b"other"]))
    assert not cache.has(hashlib.sha256(b"other").hexdigest())
