"""Hearing a voice before choosing it: a sentence spoken on request, a few a minute for each person."""

import asyncio
from collections import deque
from datetime import datetime, timedelta
from uuid import UUID

from greenroom.cast.artist import artist
from greenroom.cast.contracts import AvailableVoice, Sample, Voice
from greenroom.kit.clock import Clock
from greenroom.kit.errors import Invalid, TooMany

AT_MOST = 20
WITHIN = timedelta(minutes=1)
WAITING = 4

# Speaking takes a whole core; the process does it one at a time, and remembers who asked how often.
_asked: dict[UUID, deque[datetime]] = {}
_speaking = asyncio.Semaphore(1)
_waiting: set[object] = set()


def voices() -> tuple[AvailableVoice, ...]:
    """The voices that can speak on this machine, the best first."""
    return artist().voices()


async def sample(person: UUID, clock: Clock, wanted: Sample) -> bytes:
    """The sentence as a WAV file, spoken outside of any transaction, for it may have to wait its turn.

    Raises Invalid for an unknown voice, TooMany after twenty in a minute or when four wait already.
    """
    if not artist().known(wanted.engine, wanted.voice):
        raise Invalid("Choose a voice of the list", fields={"voice": "There is no such voice"})
    if len(_waiting) >= WAITING:
        raise TooMany("Several people are listening to voices; try again in a moment", after=timedelta(seconds=5))
    _count(person, clock.now())
    voice = Voice(engine=wanted.engine, voice=wanted.voice, speed=wanted.speed, pitch=wanted.pitch)
    turn = object()
    _waiting.add(turn)
    try:
        async with _speaking:
            _waiting.discard(turn)
            return await asyncio.to_thread(artist().sample, voice, wanted.text)
    finally:
        _waiting.discard(turn)


def _count(person: UUID, now: datetime) -> None:
    asked = _asked.setdefault(person, deque())
    while asked and now - asked[0] >= WITHIN:
        asked.popleft()
    if len(asked) >= AT_MOST:
        raise TooMany("That is a lot of listening; wait a moment", after=WITHIN - (now - asked[0]))
    asked.append(now)
