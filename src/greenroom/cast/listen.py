"""Hearing a voice before choosing it: a sentence spoken on request, a few a minute for each person."""

import asyncio
from collections import deque
from datetime import datetime, timedelta
from uuid import UUID

from greenroom.cast.artist import artist
from greenroom.cast.contracts import AvailableVoice, Sample, Voice
from greenroom.infra.context import Context
from greenroom.kit.errors import Invalid, TooMany

AT_MOST = 20
WITHIN = timedelta(minutes=1)

# Speaking takes a whole core; the process does it one at a time, and remembers who asked how often.
_asked: dict[UUID, deque[datetime]] = {}
_speaking = asyncio.Semaphore(1)


def voices() -> tuple[AvailableVoice, ...]:
    """The voices that can speak on this machine, the best first."""
    return artist().voices()


async def sample(ctx: Context, wanted: Sample) -> bytes:
    """The sentence as a WAV file. Raises Invalid for an unknown voice, TooMany after twenty in a minute."""
    if not artist().known(wanted.engine, wanted.voice):
        raise Invalid("Choose a voice of the list", fields={"voice": "There is no such voice"})
    _count(ctx)
    voice = Voice(engine=wanted.engine, voice=wanted.voice, speed=wanted.speed, pitch=wanted.pitch)
    async with _speaking:
        return await asyncio.to_thread(artist().sample, voice, wanted.text)


def _count(ctx: Context) -> None:
    now = ctx.clock.now()
    asked = _asked.setdefault(ctx.actor.id or ctx.organisation, deque())
    while asked and now - asked[0] >= WITHIN:
        asked.popleft()
    if len(asked) >= AT_MOST:
        raise TooMany("That is a lot of listening; wait a moment", after=WITHIN - (now - asked[0]))
    asked.append(now)
