"""Which tests stay together where files run side by side (`--dist loadfile`): a file's, and those of one fixture."""

from pathlib import PurePosixPath
from typing import Any

import pytest

TOGETHER = {
    "test_pages": "the stage", "test_public_page": "the stage", "test_trouble": "the stage",
    "test_wall": "the lab", "test_wall_acts": "the lab", "test_wall_holders": "the lab",
}  # fmt: skip
"""By the file's name: whose tests share an installation that takes long to make."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return TOGETHER.get(PurePosixPath(file).stem, file)

    return Scheduling(config, log)
