"""The windows on their way: pages that slide, apps that grow out of the home screen, keyboards that rise."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from greenroom.agent.virtual.model.compose import Window
from greenroom.agent.virtual.model.display import Op, Wave, draw
from greenroom.agent.virtual.model.layout import Placed
from greenroom.agent.virtual.model.look import faded
from greenroom.agent.virtual.model.motion import ticked

if TYPE_CHECKING:
    from greenroom.agent.virtual.model.phone import Phone

Turn = Literal["push", "pop", "open", "shut"]
LASTS: dict[Turn, float] = {"push": 0.28, "pop": 0.24, "open": 0.3, "shut": 0.26}
_RISES = {"input": 0.2, "over": 0.18, "popup": 0.18, "menu": 0.12, "toast": 0.15}


@dataclass(slots=True, eq=False)
class Transition:
    """From what was shown to what is."""

    turn: Turn
    old: Placed
    start: float
    secure: bool

    def share(self, now: float) -> float:
        """From 0 to 1, quickly at first."""
        left = max(0.0, 1 - ticked(now - self.start) / LASTS[self.turn])
        return 1 - left**3


def display(phone: "Phone") -> list[Op]:
    """The whole screen's display list at this moment."""
    wide, high = phone.wide, phone.high
    if not phone.screen_on or phone.faults.black:
        return [("box", 0.0, 0.0, wide, high, 0, 0xFF000000, 0, 0)]
    ops: list[Op] = []
    wave = phone.wave()
    for window in phone.windows():
        if window.name == "app" and phone.transition is not None:
            ops += _turning(phone, phone.transition, window, wave)
        else:
            ops += _risen(phone, window, _shown(phone, window.placed, wave, secure=window.secure))
    return ops


def _shown(phone: "Phone", placed: Placed, wave: Wave | None, *, secure: bool) -> list[Op]:
    if secure:
        return [("box", 0.0, 0.0, phone.wide, phone.high, 0, 0xFF000000, 0, 0)]
    return draw(placed, phone.room, phone.scroll_of, (phone.wide, phone.high), wave)


def _risen(phone: "Phone", window: Window, ops: list[Op]) -> list[Op]:
    """A window that has just come: risen so far, or that clear."""
    if window.name == "shade":
        return [
            ("layer", 0.0, (phone.shade - 1) * phone.high * 0.6, 1.0, 0.0, 0.0, min(1.0, 0.2 + phone.shade)),
            *ops,
            ("end",),
        ]
    if window.name == "keyguard" and phone.lifted:
        return [
            ("layer", 0.0, -phone.lifted, 1.0, 0.0, 0.0, max(0.15, 1 - phone.lifted / phone.high * 1.4)),
            *ops,
            ("end",),
        ]
    share = phone.risen(window.name)
    if share >= 1:
        return ops
    if window.name == "input":
        return [("layer", 0.0, (1 - share) * 260, 1.0, 0.0, 0.0, 1.0), *ops, ("end",)]
    scale = 0.94 + 0.06 * share if window.name in ("popup", "menu") else 1.0
    drop = (1 - share) * 60 if window.name in ("over", "toast") else 0.0
    return [("layer", 0.0, drop, scale, phone.wide / 2, phone.high / 2, share), *ops, ("end",)]


def rises(name: str) -> float:
    """How long a window of this name takes to come."""
    return _RISES.get(name, 0.0)


def _turning(phone: "Phone", transition: Transition, window: Window, wave: Wave | None) -> list[Op]:
    share = transition.share(phone.now)
    old = _shown(phone, transition.old, None, secure=transition.secure)
    new = _shown(phone, window.placed, wave, secure=window.secure)
    wide, high = phone.wide, phone.high
    back = -1.0 if phone.room.mirrored else 1.0
    if transition.turn in ("push", "pop"):
        over, under = (new, old) if transition.turn == "push" else (old, new)
        out = (1 - share) if transition.turn == "push" else share
        return [
            ("layer", -back * wide * 0.26 * (1 - out), 0.0, 1.0, 0.0, 0.0, 1.0), *under, ("end",),
            ("box", 0.0, 0.0, wide, high, 0, faded(0xFF000000, 0.22 * (1 - out)), 0, 0),
            ("layer", back * wide * out, 0.0, 1.0, 0.0, 0.0, 1.0), *over, ("end",),
        ]  # fmt: skip
    over, under = (new, old) if transition.turn == "open" else (old, new)
    grown = share if transition.turn == "open" else 1 - share
    return [
        *under,
        ("layer", 0.0, (1 - grown) * 40, 0.72 + 0.28 * grown, wide / 2, high / 2, grown),
        ("clip", 0.0, 0.0, wide, high, 28.0 * (1 - grown)), *over, ("end",), ("end",),
    ]  # fmt: skip
