"""One copy of a file for several phones: fetched once, by whoever may have it, and gone when nobody wants it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from greenroom.agent.program import copies, transfers
from greenroom.agent.program.copies import Copies
from greenroom.agent.program.transfers import Broken, Transfers
from tests.flow.agent_program.peer import TRANSFERS, Peer, open_peer
from tests.support.wait import until_true

KEY, OTHER = "ab" * 16, "cd" * 16
DATA = bytes(range(256)) * 12_000  # of several blocks


class Wave:
    """Phones that want files of one server; what each was told and got. They keep theirs until `done`."""

    def __init__(self, peer: Peer, home: Path) -> None:
        self.peer, self.home = peer, home
        self.copies = Copies(home)
        self.transfers = Transfers(peer.address, self.copies)
        self.progress: dict[str, list[tuple[int, int]]] = {}
        self.got: dict[str, bytes] = {}
        self.failed: dict[str, str] = {}
        self.done = asyncio.Event()
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def want(self, *phones: str, key: str = KEY, given: bool = True) -> None:
        for phone in phones:
            if given:
                self.peer.files[f"{key}.{phone}"] = ("a film.mp4", DATA)
            self.tasks[phone] = asyncio.create_task(self._want(phone, f"{TRANSFERS}{key}.{phone}"))

    async def _want(self, phone: str, path: str) -> None:
        told = self.progress.setdefault(phone, [])
        try:
            async with self.transfers.fetched(path, phone, lambda done, total: told.append((done, total))) as file:
                renamed = file.rename(file.with_name(f"{phone} {file.name}"))  # as an install does
                self.got[phone] = renamed.read_bytes()
                await self.done.wait()
        except Broken as error:
            self.failed[phone] = error.detail

    async def all_have(self, *phones: str) -> None:
        await until_true(lambda: self.got.keys() >= set(phones))
        assert all(self.got[phone] == DATA for phone in phones)

    async def end(self) -> None:
        self.done.set()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    def fetches(self, key: str = KEY) -> int:
        """How many asked, one way or the other."""
        return sum(one.startswith(f"GET {key}.") for one in self.peer.asked)

    @property
    def kept(self) -> int:
        return sum(one.is_dir() for one in self.home.iterdir())


@pytest.fixture
async def wave(tmp_path: Path) -> AsyncIterator[Wave]:
    async with open_peer() as peer:
        found = Wave(peer, tmp_path / "files")
        yield found
        for task in found.tasks.values():
            task.cancel()
        await found.end()
        await found.copies.close()
        assert found.kept == 0


async def test_all_follow_the_one_fetch_and_each_shows_its_own_path(wave: Wave) -> None:
    wave.peer.whole.clear()
    wave.want("a")
    await until_true(lambda: wave.progress.get("a", []) != [])
    wave.want("b", "c")
    await until_true(lambda: all(wave.progress.get(one, []) != [] for one in "abc"))
    assert all(done < total == len(DATA) for told in wave.progress.values() for done, total in told)
    wave.peer.whole.set()
    await wave.all_have("a", "b", "c")
    assert {told[-1] for told in wave.progress.values()} == {(len(DATA), len(DATA))}
    assert sorted(wave.peer.asked) == sorted(f"GET {KEY}.{one}" for one in "abc")
    assert wave.peer.sent == len(DATA)
    assert wave.kept == 1


async def test_another_file_is_another_copy(wave: Wave) -> None:
    wave.want("a")
    wave.want("b", key=OTHER)
    await wave.all_have("a", "b")
    assert wave.peer.sent == 2 * len(DATA)
    assert wave.kept == 2


async def test_a_copy_waits_for_one_more_phone_and_not_for_long(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    wave.want("a")
    await wave.all_have("a")
    await wave.end()
    assert wave.kept == 1
    monkeypatch.setattr(copies, "LINGERS", 0.05)
    wave.want("b")
    await wave.all_have("b")
    await wave.end()
    assert wave.peer.sent == len(DATA)
    await until_true(lambda: wave.kept == 0)
    wave.want("c")
    await wave.all_have("c")
    assert wave.peer.sent == 2 * len(DATA)


async def test_who_may_not_have_it_gets_nothing_of_what_others_have(wave: Wave) -> None:
    wave.want("a")
    await wave.all_have("a")
    wave.want("b", given=False)
    await until_true(lambda: "b" in wave.failed)
    assert wave.failed["b"] == "b got no file: the server answered 404; send it again"


async def test_where_the_first_is_refused_the_next_asks_for_itself(wave: Wave) -> None:
    wave.want("a", given=False)
    wave.want("b", "c")
    await wave.all_have("b", "c")
    assert wave.failed == {"a": "a got no file: the server answered 404; send it again"}
    assert wave.peer.sent == len(DATA)


async def test_who_goes_in_the_middle_leaves_it_to_the_others_and_the_last_one_ends_it(wave: Wave) -> None:
    wave.peer.whole.clear()
    wave.want("a", "b")
    await until_true(lambda: wave.fetches() == 2)
    wave.tasks["a"].cancel()
    wave.peer.whole.set()
    await wave.all_have("b")
    assert wave.peer.sent == len(DATA)
    await wave.end()

    wave.peer.whole.clear()
    wave.want("c", "d", key=OTHER)
    await until_true(lambda: wave.fetches(OTHER) == 2)
    for phone in ("c", "d"):
        wave.tasks[phone].cancel()
    await until_true(lambda: wave.kept == 1)  # that of the first two, who are done


async def test_a_way_that_breaks_is_said_to_each_and_the_next_order_begins_anew(wave: Wave) -> None:
    wave.peer.whole.clear()
    wave.want("a", "b", "c")
    await until_true(lambda: wave.fetches() == 3)
    wave.peer.cut.set()
    await until_true(lambda: wave.failed.keys() == {"a", "b", "c"})
    assert all(f"{one} got no file: its way broke" in wave.failed[one] for one in "abc")
    assert wave.kept == 0
    wave.peer.cut.clear()
    wave.peer.whole.set()
    wave.want("d")
    await wave.all_have("d")


async def test_a_disk_that_fills_is_said_to_each(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    wave.peer.whole.clear()
    wave.want("a", "b", "c")
    await until_true(lambda: wave.fetches() == 3 and wave.progress["a"] != [])
    full = SimpleNamespace(disk_usage=lambda _: SimpleNamespace(free=transfers.SPARE))
    monkeypatch.setattr(transfers, "shutil", full)
    wave.peer.whole.set()
    await until_true(lambda: wave.failed.keys() == {"a", "b", "c"})
    assert all(f"{one} got no file: it is too large" in wave.failed[one] for one in "abc")
    assert all("its disk is full" in said for said in wave.failed.values())
    assert wave.kept == 0


async def test_what_nobody_uses_makes_room(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    wave.want("a")
    await wave.all_have("a")
    await wave.end()

    def usage(_: Path) -> SimpleNamespace:
        taken = sum(one.stat().st_size for one in wave.home.rglob("whole"))
        return SimpleNamespace(free=transfers.SPARE + int(1.5 * len(DATA)) - taken)

    monkeypatch.setattr(transfers, "shutil", SimpleNamespace(disk_usage=usage))
    wave.done.clear()
    wave.want("b", key=OTHER)
    await wave.all_have("b")
    assert wave.kept == 1


async def test_what_a_killed_agent_left_is_removed_and_what_another_one_has_is_not(tmp_path: Path) -> None:
    home = tmp_path / "files"
    (home / "greenroom-file-x").mkdir(parents=True)
    (home / "greenroom-file-x" / "whole").write_bytes(DATA)
    first = Copies(home)
    assert list(home.iterdir()) == []
    async with _coming(first) as folder:
        second = Copies(home)
        assert folder.exists()
        async with _coming(second) as elsewhere:
            assert elsewhere.parent != home
        await second.close()
    await first.close()
    assert list(home.iterdir()) == []
    third = Copies(home)  # the lock is free again
    async with _coming(third) as folder:
        assert folder.parent == home
    await third.close()


@contextlib.asynccontextmanager
async def _coming(of: Copies) -> AsyncIterator[Path]:
    """Where something is that comes."""

    async def fetch(_: object) -> None:
        await asyncio.Event().wait()

    async with of.held("x", fetch, lingers=True) as (copy, begun):
        assert begun
        yield copy.folder
