"""The time that a test of this folder may take: enough for a machine four times as slow as a developer's."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LIMIT = 400


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(LIMIT))
