"""A worker killed with -9 after the receiver has the request and before the answer is written down."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.support.house import Tenant
from tests.support.webhook_desk import HookDesk, hook_desk
from tests.support.webhook_receiver import receiving, signatures_that_hold

ROOT = Path(__file__).parents[2]


def courier(desk: HookDesk) -> subprocess.Popen[bytes]:
    house = desk.house
    return subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.webhook_courier", house.database.url, str(house.settings.home),
         house.settings.fetch_allow],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"},
    )  # fmt: skip


async def test_what_was_sent_and_not_written_down_is_sent_again_under_the_same_id(tenant: Tenant) -> None:
    running: list[subprocess.Popen[bytes]] = []

    async def kill(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running[0].kill()

    async with receiving(kill) as receiver, hook_desk(tenant, receiver) as desk:
        hook, secret = await desk.made(receiver.address, kinds=["a.*"])
        (event, _) = await desk.happened("a.one", "a.two")
        running.append(courier(desk))
        assert await asyncio.to_thread(running[0].wait, 60) == -signal.SIGKILL
        assert [one["state"] for one in await desk.deliveries(hook["id"])] == ["pending", "pending"]

        await desk.deliver()
        assert len(receiver.told) == 1, "the dead one's lease runs out first"
        await desk.pass_time(timedelta(seconds=31))
        second = courier(desk)
        assert await asyncio.to_thread(second.wait, 60) == 0

        assert receiver.types == ["a.one", "a.one", "a.two"]
        before, after, _ = receiver.told
        assert before.headers["webhook-id"] == after.headers["webhook-id"] == event
        assert before.body == after.body
        assert signatures_that_hold(secret, after.headers, after.body) == 1
        assert {one["state"] for one in await desk.deliveries(hook["id"])} == {"delivered"}
