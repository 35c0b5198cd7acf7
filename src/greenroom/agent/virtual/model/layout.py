"""Where the elements of a screen lie: boxes in dp, relative to their parents, from elements and the room there is."""

import math
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from greenroom.agent.virtual.draw import letters
from greenroom.agent.virtual.model.element import El

INFINITE = math.inf
_KEPT = 2_000


@dataclass(slots=True, eq=False)
class Placed:
    """An element with its box, relative to its parent's; a scroll's child lies as if it were not scrolled."""

    el: El
    x: float
    y: float
    w: float
    h: float
    children: "list[Placed]"


@dataclass(frozen=True, slots=True)
class Room:
    """What layout depends on beside the elements: the face, and whether things run from right to left."""

    face: str
    mirrored: bool = False


def place(el: El, width: float, height: float, room: Room) -> Placed:
    """The element filling a box of this size, and everything in it."""
    return _lay(el, width, width, height, height, room)


_memory: OrderedDict[Hashable, Placed] = OrderedDict()


def _lay(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    """The element no narrower than `w0`, no wider than `w1`, and so on for heights."""
    if el.memo is None:
        return _laid(el, w0, w1, h0, h1, room)
    key = (el.memo, w0, w1, h0, h1, room)
    found = _memory.get(key)
    if found is None:
        found = _memory[key] = _laid(el, w0, w1, h0, h1, room)
        if len(_memory) > _KEPT:
            _memory.popitem(last=False)
    return Placed(el, 0, 0, found.w, found.h, found.children)


def _laid(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    if el.most is not None and el.kind != "small":
        w1 = min(w1, el.most)
        w0 = min(w0, w1)
    if el.width is not None:
        w0 = w1 = min(el.width, w1)
    if el.height is not None:
        h0 = h1 = min(el.height, h1)
    placed = _KINDS[el.kind](el, w0, w1, h0, h1, room)
    if room.mirrored and not el.plain:
        for child in placed.children:
            child.x = placed.w - child.x - child.w
    return placed


def _text(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    start, top, end, bottom = el.pad
    wide, high, _ = letters.measure(el.text, lettering(el, room), min(w1 - start - end, 10_000), el.lines)
    return Placed(
        el, 0, 0, _between(math.ceil(wide) + 1 + start + end, w0, w1), _between(high + top + bottom, h0, h1), []
    )


def _leaf(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    return Placed(el, 0, 0, w0, h0, [])


def _flex(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    """A row or a column: children of their own size first, then those that grow share what is left."""
    across = el.kind == "row"
    start, top, end, bottom = el.pad
    main0, main1, cross0, cross1 = (w0, w1, h0, h1) if across else (h0, h1, w0, w1)
    main_pad, cross_pad = (start + end, top + bottom) if across else (top + bottom, start + end)
    gaps = el.gap * max(0, len(el.children) - 1)
    left = main1 - main_pad - gaps
    inner1 = max(0.0, cross1 - cross_pad)
    least = inner1 if el.align == "stretch" and inner1 < INFINITE and (cross0 == cross1 or not across) else 0.0
    laid: list[Placed | None] = []
    for child in el.children:
        if child.grow and main1 < INFINITE:
            laid.append(None)
            continue
        one = _child(child, across, 0.0, max(0.0, left), least, inner1, room)
        left -= one.w if across else one.h
        laid.append(one)
    shares = sum(child.grow for child in el.children) or 1
    for place, child in enumerate(el.children):
        if laid[place] is None:
            size = max(0.0, left) * child.grow / shares
            laid[place] = _child(child, across, size, size, least, inner1, room)
    done = [one for one in laid if one is not None]
    used = sum(one.w if across else one.h for one in done) + gaps
    wanted = main1 if main1 < INFINITE and any(child.grow for child in el.children) else used + main_pad
    main = _between(wanted, main0, main1)
    cross = _between(max((one.h if across else one.w for one in done), default=0) + cross_pad, cross0, cross1)
    _spread(el, done, across, main - main_pad - used, cross - cross_pad)
    return Placed(el, 0, 0, main, cross, done) if across else Placed(el, 0, 0, cross, main, done)


def _child(child: El, across: bool, main0: float, main1: float, cross0: float, cross1: float, room: Room) -> Placed:
    if across:
        return _lay(child, main0, main1, cross0, cross1, room)
    return _lay(child, cross0, cross1, main0, main1, room)


def _spread(el: El, done: list[Placed], across: bool, free: float, inner: float) -> None:
    start, top, _, _ = el.pad
    place = start if across else top
    gap = el.gap
    free = max(0.0, free)
    if el.spread == "centre":
        place += free / 2
    elif el.spread == "end":
        place += free
    elif el.spread == "between" and len(done) > 1:
        gap += free / (len(done) - 1)
    for one in done:
        size = one.h if across else one.w
        shift = {"centre": (inner - size) / 2, "end": inner - size}.get(el.align, 0.0)
        if across:
            one.x, one.y = place, top + shift
            place += one.w + gap
        else:
            one.x, one.y = start + shift, place
            place += one.h + gap


def _stack(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    start, top, end, bottom = el.pad
    children = [_lay(child, 0.0, w1, 0.0, h1, room) for child in el.children if child.at is None and w0 != w1]
    w = w1 if w0 == w1 else _between(max((one.w for one in children), default=0) + start + end, w0, w1)
    if h0 == h1:
        h = h1
    else:
        free = [_lay(child, 0.0, w, 0.0, h1, room) for child in el.children if child.at is None]
        h = _between(max((one.h for one in free), default=0) + top + bottom, h0, h1)
    return Placed(el, 0, 0, w, h, [_over(child, w, h, el, room) for child in el.children])


def _over(child: El, w: float, h: float, el: El, room: Room) -> Placed:
    start, top, end, bottom = el.pad
    if child.at is None:
        one = _lay(child, w - start - end, w - start - end, h - top - bottom, h - top - bottom, room)
        one.x, one.y = start, top
        return one
    left, above, right, below = child.at
    wide = None if left is None or right is None else max(0.0, w - left - right)
    high = None if above is None or below is None else max(0.0, h - above - below)
    one = _lay(
        child,
        0.0 if wide is None else wide, w - (left or 0) - (right or 0) if wide is None else wide,
        0.0 if high is None else high, h - (above or 0) - (below or 0) if high is None else high,
        room,
    )  # fmt: skip
    one.x = left if left is not None else w - right - one.w if right is not None else (w - one.w) / 2
    one.y = above if above is not None else h - below - one.h if below is not None else (h - one.h) / 2
    return one


def _scroll(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    start, top, end, bottom = el.pad
    if el.axis == "across":
        child = _lay(el.children[0], 0.0, INFINITE, 0.0 if h0 != h1 else h1 - top - bottom, h1 - top - bottom, room)
        w, h = w1, _between(child.h + top + bottom, h0, h1)
    else:
        inner = w1 - start - end
        child = _lay(el.children[0], inner, inner, 0.0, INFINITE, room)
        w, h = w1, _between(child.h + top + bottom, h0, h1)
    child.x, child.y = start, top
    return Placed(el, 0, 0, w, h, [child])


def _small(el: El, w0: float, w1: float, h0: float, h1: float, room: Room) -> Placed:
    """A page as it lies on the whole screen (`most` wide), made so small that it fills the width that there is."""
    (child,) = el.children
    wide, high = float(el.most or w1), h1 * float(el.most or w1) / w1
    return Placed(el, 0, 0, w1, h1, [_lay(child, wide, wide, high, high, room)])


def lettering(el: El, room: Room) -> letters.Letters:
    return (room.face, el.type.size, el.type.weight, el.type.height, el.type.spacing)


def _between(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))


_KINDS = {
    "text": _text, "icon": _leaf, "picture": _leaf, "space": _leaf, "paint": _leaf,
    "row": _flex, "column": _flex, "stack": _stack,
    "small": _small, "scroll": _scroll,
}  # fmt: skip
