"""The parts that a screen is made of: what an element says of itself, and short names to write screens with.

Lengths are in dp (points on an iPhone). Elements are values: a screen is written anew from its state whenever that
changes. What lives longer than one drawing (scrolling, focus, text) is kept by the phone under an element's `key`.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

Act = Callable[[], None]
Edges = tuple[float, float, float, float]  # start, top, end, bottom; start is left, or right where text runs that way


@dataclass(frozen=True, slots=True)
class Type:
    """Letters: size and line height in dp, weight 400, 500 or 700."""

    size: float = 16
    weight: int = 400
    line: float = 0  # 0: 1.4 of the size
    spacing: float = 0

    @property
    def height(self) -> float:
        return self.line or round(self.size * 1.4)


@dataclass(slots=True, eq=False)
class El:
    """One element. `kind` says how it is laid out; `role` what a reader of the tree is told (default: by kind)."""

    kind: str
    children: tuple["El", ...] = ()
    name: str = ""
    role: str = ""
    text: str = ""
    say: str = ""
    # size and place
    width: float | None = None
    height: float | None = None
    most: float | None = None  # no wider than this
    grow: float = 0
    pad: Edges = (0, 0, 0, 0)
    gap: float = 0
    align: str = "stretch"  # across: start, centre, end, stretch
    spread: str = "start"  # along: start, centre, end, between
    at: tuple[float | None, float | None, float | None, float | None] | None = (
        None  # in a stack: distances to its edges
    )
    # look
    fill: int = 0
    colour: int = 0
    line: int = 0
    radius: float = 0
    shadow: float = 0
    type: Type = Type()
    lines: int = 0
    picture: tuple[Hashable, ...] = ()
    clip: bool = False
    opacity: float = 1
    # behaviour
    key: str = ""
    axis: str = ""
    snap: bool = False
    tap: Act | None = None
    hold: Act | None = None
    end: Act | None = None
    checked: bool | None = None
    enabled: bool = True
    focused: bool = False
    password: bool = False
    plain: bool = False  # never mirrored, as keyboards are not
    solid: bool = False  # touches do not pass through, though nothing happens
    memo: Hashable = None  # same memo, same element: its layout is kept


def edges(pad: "Pad") -> Edges:
    if isinstance(pad, tuple):
        return (pad[0], pad[1], pad[0], pad[1]) if len(pad) == 2 else pad
    return (pad, pad, pad, pad)


Pad = float | tuple[float, float] | Edges
Some = Sequence["El | None"]


def _kept(children: Some) -> tuple[El, ...]:
    return tuple(child for child in children if child is not None)


def column(*children: El | None, pad: Pad = 0, **more: Any) -> El:
    return El("column", _kept(children), pad=edges(pad), **more)


def row(*children: El | None, pad: Pad = 0, align: str = "centre", **more: Any) -> El:
    return El("row", _kept(children), pad=edges(pad), align=align, **more)


def stack(*children: El | None, pad: Pad = 0, **more: Any) -> El:
    """Children over one another, each filling it or placed by its `at`."""
    return El("stack", _kept(children), pad=edges(pad), **more)


def box(child: El | None = None, *, pad: Pad = 0, **more: Any) -> El:
    """One child in the middle, or a plain area."""
    more.setdefault("align", "centre")
    more.setdefault("spread", "centre")
    return El("column", _kept([child]), pad=edges(pad), **more)


def text(words: str, type: Type, colour: int, **more: Any) -> El:
    return El("text", text=words, type=type, colour=colour, **more)


def icon(drawing: str, colour: int, size: float = 24, **more: Any) -> El:
    return El("icon", picture=(drawing,), colour=colour, width=size, height=size, **more)


def picture(*key: Hashable, **more: Any) -> El:
    """A sample picture by its name and seed, or a file's by ("file", digest)."""
    return El("picture", picture=key, **more)


def scroll(child: El, key: str, axis: str = "down", **more: Any) -> El:
    more.setdefault("grow", 1)
    return El("scroll", (child,), key=key, axis=axis, clip=True, **more)


def space(size: float = 0, *, grow: float = 0) -> El:
    """Nothing, so large; or, growing, what is left."""
    return El("space", width=None if grow else size, height=None if grow else size, grow=grow)


def at(
    el: El, left: float | None = None, top: float | None = None, right: float | None = None, bottom: float | None = None
) -> El:
    """The element placed in a stack; where both of two opposite edges are given it is stretched between them."""
    return replace(el, at=(left, top, right, bottom))
