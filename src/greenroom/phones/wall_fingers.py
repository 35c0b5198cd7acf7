"""Whose finger is on a phone: what one window put down is moved and lifted by that window alone. Pure but for time."""

import time
from dataclasses import dataclass, field, replace
from uuid import UUID

from greenroom.wire.binary import Action, Touch

HELD = 15.0
"""Seconds after which a finger of which nothing was heard is in nobody's way: no long tap takes so long."""


@dataclass(slots=True)
class _Hand:
    """One window's fingers on a phone, each as it was heard of last."""

    owner: object
    epoch: int
    heard: float
    fingers: dict[int, Touch] = field(default_factory=dict)


class Fingers:
    """All of a process. An owner is a window's socket."""

    def __init__(self) -> None:
        self._hands: dict[UUID, _Hand] = {}

    def take(self, phone: UUID, one: Touch, owner: object) -> bool:
        """Whether the touch may pass: no other window of who holds the phone has a finger on it."""
        now, hand = time.monotonic(), self._hands.get(phone)
        if hand is not None and (hand.owner is not owner or hand.epoch != one.epoch):
            if hand.owner is not owner and hand.epoch == one.epoch and now - hand.heard < HELD:
                return False
            hand = None
        if hand is None:
            hand = _Hand(owner, one.epoch, now)
        hand.heard = now
        if one.action is Action.DOWN or (one.action is Action.MOVE and one.pointer in hand.fingers):
            hand.fingers[one.pointer] = one
        elif one.action is not Action.MOVE:
            hand.fingers.pop(one.pointer, None)
        if hand.fingers:
            self._hands[phone] = hand
        else:
            self._hands.pop(phone, None)
        return True

    def lifted(self, owner: object, phone: UUID | None = None) -> list[tuple[UUID, Touch]]:
        """The owner's fingers, on this phone or on all, are up from now on: the touches that say so."""
        those = [one for one, hand in self._hands.items() if hand.owner is owner and phone in (None, one)]
        gone = [(one, self._hands.pop(one)) for one in those]
        return [(one, replace(last, action=Action.CANCEL)) for one, hand in gone for last in hand.fingers.values()]
