"""The tree of what is shown, for those who read screens by element: boxes in pixels, nothing outside the screen."""

from dataclasses import dataclass

from greenroom.agent.virtual.contracts import Node
from greenroom.agent.virtual.model.compose import Scrolls, Window
from greenroom.agent.virtual.model.display import shift
from greenroom.agent.virtual.model.layout import Placed, Room

_KINDS = {"text": "text", "icon": "", "picture": "image", "scroll": "list"}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Reading:
    scale: float
    room: Room
    scrolls: Scrolls
    package: str
    secure: bool


def tree(windows: list[Window], size: tuple[int, int], scale: float, scrolls: Scrolls, room: Room) -> Node:
    """The screen's tree: from the topmost modal window up."""
    first = max((place for place, window in enumerate(windows) if window.modal), default=0)
    whole = (0.0, 0.0, size[0] / scale, size[1] / scale)
    children = []
    for window in windows[first:]:
        reading = _Reading(scale, room, scrolls, window.package, window.secure)
        inside = _read(window.placed, 0.0, 0.0, whole, reading)
        if inside:
            box = _pixels(whole, scale)
            children.append(
                Node(f"{window.package}:id/{window.name}", "window", "", "", box, secure=window.secure, children=inside)
            )
    return Node("", "screen", "", "", (0, 0, *size), children=tuple(children))


def _read(one: Placed, x: float, y: float, seen: Box, reading: _Reading) -> tuple[Node, ...]:
    el = one.el
    box = (max(seen[0], x), max(seen[1], y), min(seen[2], x + one.w), min(seen[3], y + one.h))
    if (box[0] >= box[2] or box[1] >= box[3]) and (el.kind != "stack" or el.clip):
        return ()
    kind = el.role or _KINDS.get(el.kind, "")
    dx, dy = shift(el, lambda key: reading.scrolls[key], reading.room)
    within = box if el.clip else seen
    inside = one.children if el.kind != "small" else []
    children = [node for child in inside for node in _read(child, x + child.x + dx, y + child.y + dy, within, reading)]
    pixels = _pixels(box, reading.scale)
    told = kind or el.tap or el.name or el.say
    if not told or pixels[0] >= pixels[2] or pixels[1] >= pixels[3]:
        return tuple(children)
    words = el.text
    if el.password:
        words = "•" * len(words)
    if kind in ("field", "button", "tab", "key") and not words:
        words = " ".join(child.text for child in children if child.text and child.kind == "text")
    if kind in ("field", "button", "tab", "key"):
        children = [child for child in children if child.clickable]
    scrollable = el.kind == "scroll" and reading.scrolls[el.key].limit > 0
    return (
        Node(
            id=f"{reading.package}:id/{el.name}" if el.name else "",
            kind=kind or "group",
            text=words,
            description=el.say,
            box=pixels,
            clickable=el.tap is not None and el.enabled,
            editable=el.role == "field",
            focused=el.focused,
            checked=el.checked,
            scrollable=scrollable,
            enabled=el.enabled,
            password=el.password,
            secure=reading.secure,
            children=tuple(children),
        ),
    )


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(value * scale) for value in box)
    return left, top, right, bottom
