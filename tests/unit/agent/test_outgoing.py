"""What goes out first: messages before pictures, pictures in turn, and nothing for nobody."""

import asyncio

import pytest

from greenroom.agent.program.outgoing import MOST, Lost, Outgoing
from greenroom.wire import control
from greenroom.wire.messages import TO_AGENT, Beat


class Slow:
    """A socket that takes one thing each time it is told to."""

    def __init__(self) -> None:
        self.taken: list[str | bytes] = []
        self.turns = asyncio.Semaphore(0)

    async def send(self, data: str | bytes) -> None:
        await self.turns.acquire()
        self.taken.append(data)

    async def receive(self) -> str | bytes:
        raise Lost("nothing comes from here")


async def test_a_message_overtakes_the_pictures_that_wait() -> None:
    slow = Slow()
    out = Outgoing(slow)
    running = asyncio.create_task(out.run())
    shows = [asyncio.create_task(out.show(picture)) for picture in (b"large", b"one", b"two")]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    out.say(Beat(1))
    shows[2].cancel()
    for _ in range(3):
        slow.turns.release()
    await asyncio.wait(shows)
    kinds = [one if isinstance(one, bytes) else control.read(one, TO_AGENT) for one in slow.taken]
    assert kinds == [b"large", Beat(1), b"one"]
    running.cancel()
    await asyncio.wait([running])


async def test_what_waits_when_the_connection_ends_is_lost_and_says_so() -> None:
    out = Outgoing(Slow())
    running = asyncio.create_task(out.run())
    shows = [asyncio.create_task(out.show(picture)) for picture in (b"one", b"two")]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running])
    assert [type(one) for one in await asyncio.gather(*shows, return_exceptions=True)] == [Lost, Lost]
    with pytest.raises(Lost):
        await out.show(b"three")
    with pytest.raises(Lost):
        out.say(Beat(1))


async def test_a_server_that_takes_nothing_any_more_is_given_up() -> None:
    out = Outgoing(Slow())
    for count in range(MOST):
        out.say(Beat(count))
    with pytest.raises(Lost, match="takes nothing any more"):
        out.say(Beat(0))
