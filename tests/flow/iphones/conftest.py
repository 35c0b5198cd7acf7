"""A desk with two virtual iPhones behind a fake usbmuxd and a fake go-ios."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from greenroom.agent.virtual.fleet import Plan, open_fleet
from tests.flow.iphones.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    fleet = await open_fleet(Plan(androids=0, iphones=2, small=True))
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        tunnels = int(one.getsockname()[1])
    made = Desk(tmp_path, fleet, tunnels)
    await made.open()
    yield made
    await made.close()
    await fleet.close()
