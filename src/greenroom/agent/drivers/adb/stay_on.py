"""The screen of a phone that charges stays on while a session shows it; afterwards its own setting holds again.

scrcpy can do this itself, but for one session: the first of two that ends would take it from the other.
"""

import asyncio
import logging
from collections.abc import Callable

from greenroom.agent.drivers.adb.scrcpy.session import Session
from greenroom.agent.drivers.adb.shell import Shell
from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import HostBroken, PhoneError, Refused

logger = logging.getLogger(__name__)

SETTING = "stay_on_while_plugged_in"
KEPT = "greenroom_stay_on"  # the phone's own value, on the phone: an agent that was cut off left it there for the next
ALWAYS = "7"  # on the mains, by USB and wireless
SHORT = 5.0  # seconds


class StayOn:
    """`shell` gives the way to the phone as it is attached now."""

    def __init__(self, shell: Callable[[], Shell]) -> None:
        self._shell = shell
        self._turn = asyncio.Lock()
        self._shown, self._on = 0, False
        self._tasks: set[asyncio.Task[None]] = set()

    def during(self, session: Session) -> None:
        """From now until this session is over."""
        task = asyncio.ensure_future(self._hold(session))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Once all its sessions are over: return when the phone has its own setting again, or is not there."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2 * SHORT)

    async def _hold(self, session: Session) -> None:
        self._shown += 1
        await self._settle()
        await session.ended()
        self._shown -= 1
        await self._settle()

    async def _settle(self) -> None:
        async with self._turn:
            wanted = self._shown > 0
            if wanted == self._on:
                return
            shell = self._shell()
            try:
                async with within(SHORT, shell.name, "keep its screen on, or let it go off"):
                    await (_keep_on(shell) if wanted else _put_back(shell))
                self._on = wanted
            except (PhoneError, HostBroken) as error:
                logger.info("a phone's screen goes on and off as before: %s", error.detail)


async def _keep_on(shell: Shell) -> None:
    kept, own = await _values(shell)
    await _do(shell, f"settings put global {KEPT} {kept or own or '0'} && settings put global {SETTING} {ALWAYS}")


async def _put_back(shell: Shell) -> None:
    kept, _ = await _values(shell)
    await _do(shell, f"settings put global {SETTING} {kept or '0'} && settings delete global {KEPT}")


async def _values(shell: Shell) -> tuple[str, str]:
    """What was kept and what holds now; empty where the phone has no number."""
    said = await _do(shell, f"settings get global {KEPT} && settings get global {SETTING}")
    kept, own, *_ = [*said.split(), "", ""]
    return kept if kept.isdecimal() else "", own if own.isdecimal() else ""


async def _do(shell: Shell, line: str) -> str:
    done = await shell.line(line)
    if done.code != 0:
        raise Refused(shell.name, f"refused a setting: {done.words or f'it ended with {done.code}'}")
    return done.text
