"""Deadlines: what is late is the phone's, what times out inside is not mistaken for it."""

import asyncio

import pytest

from greenroom.agent.drivers.deadline import within
from greenroom.agent.errors import TimedOut


async def test_what_is_late_ends_and_the_sentence_says_what_was_not_done() -> None:
    with pytest.raises(TimedOut, match=r"^phone2 did not take a tap within 0.01 s: look at its screen"):
        async with within(0.01, "phone2", "take a tap"):
            await asyncio.sleep(5)


async def test_a_time_out_from_inside_stays_what_it_is() -> None:
    with pytest.raises(TimeoutError):
        async with within(5, "phone2", "take a tap"):
            raise TimeoutError
    with pytest.raises(asyncio.CancelledError):
        async with within(5, "phone2", "take a tap"):
            raise asyncio.CancelledError
