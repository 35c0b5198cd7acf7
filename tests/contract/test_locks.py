"""Locks hold exact versions and hashes, and no host (docs/decisions/0006)."""

import json
import re
from pathlib import Path

import pytest

from greenroom_dev import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt")) + sorted((ROOT / "benchmarks" / "peers").glob("*.txt"))


def requirements(lock: Path) -> list[str]:
    """Each requirement with its hashes as one line, comments left out."""
    text = re.sub(r"#.*", "", lock.read_text()).replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_requirement_is_exact_and_hashed(lock: Path) -> None:
    loose = [
        line for line in requirements(lock) if not re.match(r"[\w.-]+(\[[\w,.-]+\])?==\S+.*--hash=sha256:\w{64}", line)
    ]
    assert requirements(lock)
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_requirement_names_a_host(lock: Path) -> None:
    assert re.findall(r"\S*://\S+|--(?:extra-)?index-url\S*|--find-links\S*", lock.read_text()) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_lock_has_its_source(lock: Path) -> None:
    assert lock.with_suffix(".in").exists()


def test_what_the_tests_need_contains_what_the_product_needs() -> None:
    def pinned(name: str) -> set[str]:
        return {line.split()[0] for line in requirements(ROOT / "requirements" / f"{name}.txt")}

    assert pinned("run") <= pinned("dev")


@pytest.mark.parametrize("place", ["web", "tests/support/oidc_provider"])
def test_a_lock_of_node_packages_has_hashes_and_no_address(place: str) -> None:
    packages = json.loads((ROOT / place / "package-lock.json").read_text())["packages"]
    fetched = {name: entry for name, entry in packages.items() if name and not entry.get("link")}
    assert [name for name, entry in fetched.items() if "resolved" in entry] == []
    assert [name for name, entry in fetched.items() if not entry.get("integrity") and not entry.get("inBundle")] == []


def test_the_web_clients_requirements_are_exact() -> None:
    package = json.loads((ROOT / "web" / "package.json").read_text())
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert {
        name: version for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+[\w.-]*", version)
    } == {}
