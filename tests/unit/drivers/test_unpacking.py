"""Archives opened in threads of their own: what was unpacked is gone afterwards, also when nobody waited for it."""

import asyncio
import tempfile
import zipfile
from pathlib import Path

import pytest

from greenroom.agent.drivers.bundle import BadBundle
from greenroom.agent.drivers.unpacking import unpacked
from tests.support.wait import until_true


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "unpacked"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    file = tmp_path / "app.xapk"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("base.apk", bytes(8_000_000))
    return file


def left(archive: Path) -> list[Path]:
    return list((archive.parent / "unpacked").iterdir())


async def test_it_is_there_until_the_block_ends(archive: Path) -> None:
    async with unpacked([archive]) as bundle:
        assert bundle.size == 8_000_000
    assert left(archive) == []


async def test_who_is_cancelled_in_the_middle_leaves_nothing(archive: Path) -> None:
    async def use() -> None:
        async with unpacked([archive]):
            await asyncio.Event().wait()

    using = asyncio.create_task(use())
    await until_true(lambda: left(archive) != [])
    using.cancel()
    await asyncio.wait([using])
    await until_true(lambda: left(archive) == [])


async def test_what_is_no_package_is_said_to_be_none(archive: Path) -> None:
    file = archive.with_suffix(".txt.xapk")  # nothing is there
    with pytest.raises(BadBundle, match="damaged"):
        async with unpacked([file]):
            pass
    assert left(archive) == []
