"""The display list: what is drawn, in order, as plain tuples in dp; equal lists are equal pictures.

("box", x, y, w, h, radius, fill, line, shadow)      ("text", x, y, w, words, letters, colour, lines, align)
("icon", x, y, size, name, colour, flipped)          ("picture", x, y, w, h, radius, key)
("clip", x, y, w, h, radius) … ("end",)              ("layer", dx, dy, scale, cx, cy, opacity) … ("end",)
("wave", x, y, radius, colour)
"""

from collections.abc import Callable
from dataclasses import dataclass

from greenroom.agent.virtual.model.element import El
from greenroom.agent.virtual.model.layout import Placed, Room, lettering
from greenroom.agent.virtual.model.motion import Scroll

Op = tuple[object, ...]
_DIRECTED = frozenset(
    [
        "chevron-left",
        "chevron-right",
        "arrow-left",
        "arrow-right",
        "send",
        "log-out",
        "log-in",
        "corner-down-left",
        "list",
    ]
)


@dataclass(frozen=True, slots=True)
class Wave:
    """The ripple under a finger: where, how far, how strong; on which element."""

    on: El
    x: float
    y: float
    spread: float
    strength: float
    colour: int


def draw(
    root: Placed, room: Room, scrolls: Callable[[str], Scroll], size: tuple[float, float], wave: Wave | None
) -> list[Op]:
    """The display list of one window of this size."""
    ops: list[Op] = []
    _draw(root, 0.0, 0.0, (0.0, 0.0, *size), room, scrolls, wave, ops)
    return ops


def _draw(
    one: Placed,
    x: float,
    y: float,
    seen: tuple[float, float, float, float],
    room: Room,
    scrolls: Callable[[str], Scroll],
    wave: Wave | None,
    ops: list[Op],
) -> None:
    el = one.el
    outside = x > seen[2] or y > seen[3] or x + one.w < seen[0] or y + one.h < seen[1]
    if outside and el.kind != "stack":
        return
    kind = el.kind
    faint = el.opacity != 1
    if faint:
        ops.append(("layer", 0.0, 0.0, 1.0, 0.0, 0.0, el.opacity))
    if el.fill or el.line or el.shadow:
        ops.append(("box", x, y, one.w, one.h, el.radius, el.fill, el.line, el.shadow))
    if kind == "text":
        start, top, end, _ = el.pad
        if room.mirrored and not el.plain:
            start, end = end, start
        align = _turned(el.spread) if room.mirrored and not el.plain else el.spread
        align = {"between": "start"}.get(align, align)
        ops.append(
            ("text", x + start, y + top, one.w - start - end, el.text, lettering(el, room), el.colour, el.lines, align)
        )
    elif kind == "icon":
        name = str(el.picture[0])
        flipped = room.mirrored and not el.plain and name.lstrip("!") in _DIRECTED
        ops.append(("icon", x, y, one.w, name, el.colour, flipped))
    elif kind == "picture":
        ops.append(("picture", x, y, one.w, one.h, el.radius, el.picture))
    clipped = el.clip
    if clipped:
        ops.append(("clip", x, y, one.w, one.h, el.radius))
        seen = (max(seen[0], x), max(seen[1], y), min(seen[2], x + one.w), min(seen[3], y + one.h))
    dx, dy = shift(el, scrolls, room)
    if kind == "small":
        scale = one.w / one.children[0].w
        ops.append(("layer", x, y, scale, 0.0, 0.0, 1.0))
        _draw(one.children[0], 0.0, 0.0, (0.0, 0.0, one.children[0].w, one.children[0].h), room, scrolls, None, ops)
        ops.append(("end",))
        return
    for child in one.children:
        _draw(child, x + child.x + dx, y + child.y + dy, seen, room, scrolls, wave, ops)
    if clipped:
        ops.append(("end",))
    if wave is not None and wave.on is el:
        ops.append(("clip", x, y, one.w, one.h, el.radius))
        ops.append(("wave", wave.x, wave.y, wave.spread, wave.colour))
        ops.append(("end",))
    if faint:
        ops.append(("end",))


def shift(el: El, scrolls: Callable[[str], Scroll], room: Room) -> tuple[float, float]:
    """How far a scroll's content is moved."""
    if el.kind != "scroll":
        return 0.0, 0.0
    offset = scrolls(el.key).offset
    if el.axis == "across":
        return (offset if room.mirrored and not el.plain else -offset), 0.0
    return 0.0, -offset


def _turned(align: str) -> str:
    return {"start": "end", "end": "start", "stretch": "end"}.get(align, align)
