"""What the wheel carries: the product with its migrations and the built web client, and nothing of the clone."""

import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from greenroom import __version__
from greenroom_dev import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return zipfile.ZipFile(built)


def metadata(wheel: zipfile.ZipFile, name: str) -> str:
    (path,) = (entry for entry in wheel.namelist() if entry.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode()


def test_every_migration_is_in_it(wheel: zipfile.ZipFile) -> None:
    here = {f"greenroom/migrations/{file.name}" for file in (ROOT / "src/greenroom/migrations").glob("*.sql")}
    assert here
    assert here <= set(wheel.namelist())


def test_the_web_client_is_in_it(wheel: zipfile.ZipFile) -> None:
    page = wheel.read("greenroom/web_dist/index.html").decode()
    scripts = [
        name for name in wheel.namelist() if name.startswith("greenroom/web_dist/assets/") and name.endswith(".js")
    ]
    assert any(Path(script).name in page for script in scripts)


def test_nothing_of_the_clone_is_in_it(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert tops == {"greenroom", f"greenroom-{__version__}.dist-info"}
    assert [name for name in wheel.namelist() if name.endswith((".pyc", ".tsx", ".map"))] == []


def test_it_offers_the_command_and_names_what_it_needs(wheel: zipfile.ZipFile) -> None:
    assert "greenroom = greenroom.entrypoints.cli.main:main" in metadata(wheel, "entry_points.txt")
    about = HeaderParser().parsestr(metadata(wheel, "METADATA"))
    wanted = (ROOT / "requirements" / "run.in").read_text().splitlines()
    assert about["Version"] == __version__
    assert about["License-Expression"] == "Apache-2.0"
    assert len(about.get_all("Requires-Dist") or []) == sum(bool(line.partition("#")[0].strip()) for line in wanted)


def test_the_licences_are_in_it(wheel: zipfile.ZipFile) -> None:
    names = [Path(name).name for name in wheel.namelist() if "/licenses/" in name]
    assert {"LICENSE", "NOTICE"} <= set(names)
