"""Phones taken over from holders that stand still and wake up again: not one of their presses reaches the phone."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from greenroom.agent.virtual.contracts import Action
from greenroom.phones import lease_changes, leases
from tests.chaos.holder import APART, MARGIN, TURN, WIDTH
from tests.support.figures import Figures
from tests.support.house import Tenant
from tests.support.lab import Lab
from tests.support.people import add_person
from tests.support.wait import until_true

ROOT = Path(__file__).parents[2]


class Person:
    """Somebody with the right to drive, and their wall in a process of its own."""

    def __init__(self, tenant: Tenant, process: asyncio.subprocess.Process) -> None:
        self.tenant, self._process = tenant, process
        self.epochs: list[int] = []
        self.stale = 0
        self.ended = ""
        self._heard = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())

    async def told(self, epoch: int) -> None:
        """Return once their wall says that they hold the phone."""
        async with asyncio.timeout(120):
            while epoch not in self.epochs:
                assert not self.ended, self.ended
                self._heard.clear()
                await self._heard.wait()

    async def presses_in_vain(self, times: int) -> None:
        """Return once so many of their presses were refused as those of a holder that was replaced."""
        async with asyncio.timeout(120):
            while self.stale < times:
                assert not self.ended, self.ended
                self._heard.clear()
                await self._heard.wait()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def end(self) -> None:
        self._process.kill()
        await self._process.wait()
        self._listening.cancel()

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            word, _, rest = line.decode().strip().partition(" ")
            match word:
                case "mine":
                    self.epochs.append(int(rest))
                case "stale":
                    self.stale += 1
                case "ended":
                    self.ended = rest
                case _:
                    pass  # it opened, or a press was refused for another reason: cut in the middle, or too late
            self._heard.set()


@contextlib.asynccontextmanager
async def walls(lab: Lab, phone: UUID) -> AsyncIterator[Sequence[Person]]:
    """Two people who drive the same phone by turns."""
    people = []
    for name in ("Ada", "Bo"):
        acting = await add_person(lab.tenant, name, "admin")
        cookie = await lab.cookie(acting.user)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.holder", lab.wall, cookie, str(phone),
            cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"}, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        people.append(Person(acting, process))
    try:
        yield people
    finally:
        for one in people:
            await one.end()


class Glass:
    """What fingers the phone felt: the holder's epoch, read from where it was pressed."""

    def __init__(self, lab: Lab) -> None:
        handset = lab.android.handset
        self._width = handset.phone.size[0]
        self.felt: list[int] = []
        handset.touched = self._feel

    async def feels(self, times: int) -> None:
        """Return once it felt so many in all."""
        await until_true(lambda: len(self.felt) >= times)

    def _feel(self, action: Action, x: int, y: int) -> None:
        if action == "down":
            self.felt.append(round((x * WIDTH / self._width - MARGIN) / APART))


@pytest.mark.parametrize("takeovers", [20, pytest.param(1000, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])])
async def test_no_press_of_a_holder_that_was_replaced_reaches_the_phone(
    lab: Lab, takeovers: int, figures: Figures
) -> None:
    phone, glass, turned = await lab.android_phone(), Glass(lab), 0
    async with walls(lab, phone) as people:
        async with people[1].tenant.context() as ctx:
            lease = await leases.take(ctx, phone, "person", people[1].tenant.user)
        await people[1].told(lease.epoch)
        for turn in range(takeovers):
            old, new = people[(turn + 1) % 2], people[turn % 2]
            old.freeze()
            async with new.tenant.context() as ctx:
                lease = await lease_changes.break_in(ctx, phone, "the post is due")
            await new.told(lease.epoch)
            turned, stale = len(glass.felt), old.stale
            old.wake()
            await old.presses_in_vain(stale + 3)
            await glass.feels(turned + 3)
            late = [one for one in glass.felt[turned:] if one != lease.epoch % TURN]
            assert not late, f"after takeover {turn} presses of epochs {late}, not {lease.epoch}"
    back = [pair for pair in pairwise(glass.felt) if (pair[1] - pair[0]) % TURN > TURN // 2]
    assert not back
    felt, refused = len(glass.felt), sum(one.stale for one in people)
    figures("takeovers", f"{takeovers} from frozen holders: {felt} presses felt, 0 of them late, {refused} refused")
