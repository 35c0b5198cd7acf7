"""The import contract holds for the house, and its checker finds what it must on small trees made for it."""

from pathlib import Path

import pytest

from greenroom_dev import ROOT
from greenroom_dev.imports import violations


def test_the_house_keeps_its_contract() -> None:
    assert [str(one) for one in violations(ROOT / "src" / "greenroom")] == []


def tree(folder: Path, files: dict[str, str]) -> Path:
    package = folder / "greenroom"
    for name, text in files.items():
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return package


BROKEN = [
    ("studio/write.py", "from greenroom.planner import facade", 1, "studio lies below planner"),
    (
        "studio/make/voice/say.py",
        "def f():\n    import greenroom.planner.facade",
        2,
        "studio lies below planner",
    ),
    ("cast/draw.py", "from greenroom.phones.contracts import Phone", 1, "side by side"),
    ("insights/count.py", "from greenroom.inbox.facade import answer", 1, "side by side"),
    ("planner/due.py", "from greenroom.channels.store import post_table", 1, "not channels.store.post_table"),
    ("planner/due.py", "from greenroom.channels import store", 1, "not channels.store"),
    ("planner/due.py", "from greenroom import channels", 1, "not channels"),
    ("planner/due.py", "import greenroom.channels", 1, "not channels"),
    ("planner/due.py", "from greenroom.channels import *", 1, "not channels.*"),
    ("planner/due.py", "from greenroom.channels.facades import x", 1, "not channels.facades.x"),
    ("planner/due.py", "from ..channels.store import post", 1, "not channels.store.post"),
    ("planner/due.py", "from .. import channels", 1, "not channels"),
    ("planner/deep/due.py", "from ...channels import store", 1, "not channels.store"),
    (
        "planner/due.py",
        "import importlib\nimportlib.import_module('greenroom.channels.store')",
        2,
        "channels.store",
    ),
    (
        "planner/due.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from greenroom.channels.store import P",
        3,
        "not channels.store.P",
    ),
    ("kit/ids.py", "import pydantic", 1, "kit imports the standard library only, not pydantic"),
    ("kit/ids.py", "from greenroom.infra import events", 1, "kit lies below infra"),
    ("kit/ids.py", "from greenroom import __version__", 1, "kit imports the standard library only"),
    ("infra/jobs/run.py", "from greenroom.tenancy.facade import x", 1, "infra lies below tenancy"),
    ("infra/jobs/run.py", "from greenroom.agent.link import x", 1, "over the wire"),
    ("agent/link.py", "from greenroom.infra.settings import Settings", 1, "agent runs without server code"),
    ("agent/link.py", "from greenroom.phones.contracts import Phone", 1, "agent runs without server code"),
    ("ops/health.py", "from greenroom.entrypoints.api import create_app", 1, "ops lies below entrypoints"),
    ("wire/frames.py", "from greenroom.lang.parse import parse", 1, "side by side"),
    ("garage/car.py", "import os", 1, "greenroom.garage is in no layer"),
    ("studio/write.py", "from greenroom.garage.car import x", 1, "greenroom.garage is in no layer"),
    ("studio/write.py", "from greenroom_dev.check import checks", 1, "never imports greenroom_dev"),
    ("studio/write.py", "from tests.support import postgres", 1, "never imports tests"),
    ("studio/rules.py", "from greenroom.infra.database import Tx", 1, "is pure"),
    ("studio/rules.py", "import psycopg", 1, "is pure"),
    ("cast/rules/age.py", "import httpx", 1, "is pure"),
    ("__main__.py", "from greenroom.studio.facade import make", 1, "may import only entrypoints"),
]


@pytest.mark.parametrize(("file", "text", "line", "sentence"), BROKEN)
def test_a_broken_import_is_named_with_its_line(tmp_path: Path, file: str, text: str, line: int, sentence: str) -> None:
    found = violations(tree(tmp_path, {"__init__.py": "", file: text}))
    assert found, "nothing was found"
    assert str(found[-1]).startswith(f"{tmp_path}/greenroom/{file}:{line}: ")
    assert sentence in found[-1].sentence


ALLOWED = [
    ("planner/due.py", "from greenroom.channels import facade"),
    ("planner/due.py", "from greenroom.channels.facade import publish"),
    ("planner/due.py", "from greenroom.channels.contracts.posts import Post"),
    ("planner/due.py", "from greenroom.cast.errors import Unknown"),
    ("planner/due.py", "from greenroom.planner.store import due"),
    ("planner/due.py", "from .store import due"),
    ("planner/due.py", "from greenroom.infra.events import emit"),
    ("planner/due.py", "from greenroom.kit.clock import Clock"),
    ("planner/due.py", "from greenroom import __version__"),
    ("channels/rules.py", "from greenroom.kit.errors import Problem"),
    ("entrypoints/api.py", "from greenroom.planner.store import due"),
    ("entrypoints/agent.py", "from greenroom.agent.link import connect"),
    ("agent/link.py", "import httpx\nfrom greenroom.wire.frames import Frame"),
    ("kit/ids.py", "import uuid\nfrom greenroom.kit.errors import Problem"),
    ("__main__.py", "from greenroom.entrypoints.cli.main import main"),
]


@pytest.mark.parametrize(("file", "text"), ALLOWED)
def test_what_is_allowed_is_left_alone(tmp_path: Path, file: str, text: str) -> None:
    assert violations(tree(tmp_path, {"__init__.py": "", file: text})) == []


def test_every_folder_of_the_house_has_a_place() -> None:
    from greenroom_dev.imports import DEPTH

    parts = {folder.parent.name for folder in (ROOT / "src" / "greenroom").glob("*/*.py")}
    assert parts <= DEPTH.keys()
