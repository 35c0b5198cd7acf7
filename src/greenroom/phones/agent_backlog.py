"""What an agent said and nobody has written down yet; changes that wait behind each other are written as one."""

import asyncio
from dataclasses import dataclass

from greenroom.wire.messages import Beat, PhoneChanged, Phones, Seen

MOST_WAITING = 200
"""What comes on top waits in the agent."""

Note = Beat | Phones | PhoneChanged


@dataclass(frozen=True, slots=True)
class Changes:
    """Of several phones, each as it was seen last. A phone shows another app far more often than anything else."""

    phones: tuple[Seen, ...]


class Backlog:
    """In the order in which it was said."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Note] = asyncio.Queue(MOST_WAITING)
        self._held: Note | None = None

    async def put(self, note: Note) -> None:
        await self._waiting.put(note)

    async def take(self) -> Beat | Phones | Changes:
        """The oldest; with a change all that follow it up to something else."""
        note = self._held or await self._waiting.get()
        self._held = None
        if not isinstance(note, PhoneChanged):
            return note
        seen = {note.phone.serial: note.phone}
        while not self._waiting.empty():
            following = self._waiting.get_nowait()
            if not isinstance(following, PhoneChanged):
                self._held = following
                break
            seen[following.phone.serial] = following.phone
        return Changes(tuple(seen.values()))
