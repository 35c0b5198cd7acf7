"""The house rules of the test suite: the folder is the lane, soaks only on request, fixtures from tests/support."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
LANES = ("unit", "contract", "db", "flow", "browser", "chaos")

# Before the first of them imports another one.
pytest.register_assert_rewrite("tests.support")

pytest_plugins = [
    f"tests.support.{file.stem}" for file in sorted((HERE / "support").glob("*.py")) if file.stem != "__init__"
]

# How long an example takes says nothing on a machine that others share.
settings.register_profile("greenroom", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("greenroom")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the tests marked soak, and only those")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        lane = item.path.relative_to(HERE).parts[0]
        if lane not in LANES:
            raise pytest.UsageError(f"{item.path} is in no lane; move it into one of tests/{{{','.join(LANES)}}}")
        item.add_marker(lane)
    soak = config.getoption("--soak")
    kept = [item for item in items if bool(item.get_closest_marker("soak")) == soak]
    if len(kept) != len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
