"""Stays connected: dials, serves, and dials again with growing pauses; ends only where trying is of no use."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from greenroom import __version__
from greenroom.agent.program.gate import Gate
from greenroom.agent.program.identity import Identity
from greenroom.agent.program.line import Line, TurnedAway
from greenroom.agent.program.outgoing import Lost, Socket
from greenroom.agent.program.shelf import Shelf
from greenroom.kit.chance import Chance
from greenroom.kit.errors import Unavailable

log = logging.getLogger(__name__)

FIRST, MOST = 0.5, 30.0  # seconds
Dial = Callable[[str], AbstractAsyncContextManager[Socket]]
Say = Callable[[str], None]


def pause(failures: int, chance: Chance) -> float:
    """Seconds before the next try: doubled with every failure in a row, and never the same for two agents."""
    longest = min(MOST, FIRST * 2 ** min(failures, 16))
    return float(longest * chance.number(500, 1000) / 1000)


async def stay(
    identity: Identity,
    shelf: Shelf,
    gate: Gate,
    dial: Dial,
    *,
    say: Say,
    chance: Chance,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Until cancelled. Raises Unavailable with the server's sentence where it will not have this agent."""
    failures, last, why = 0, "", ""
    while True:
        line: Line | None = None
        try:
            async with dial(identity.socket) as socket:
                line = Line(socket, identity, shelf, gate, program=__version__, welcomed=lambda: say("Connected."))
                await line.run()
        except TurnedAway as error:
            if not error.refused.again:
                raise Unavailable(error.refused.sentence) from error
            why = error.refused.sentence
        except (Lost, OSError, TimeoutError) as error:
            why = f"Not connected: {str(error) or type(error).__name__}"
        except Exception as error:
            log.exception("a connection failed")
            why = f"Not connected: {type(error).__name__}"
        if line is not None and line.welcomed:
            failures, last = 0, ""
        if why != last:  # once when it goes, once when it is back
            say(f"{why}. Trying again by itself.")
            last = why
        await sleep(pause(failures, chance))
        failures += 1
