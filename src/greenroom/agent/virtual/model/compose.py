"""The windows of the screen over one another, laid out; and what of them lies under a point."""

from dataclasses import dataclass

from greenroom.agent.virtual.model.display import shift
from greenroom.agent.virtual.model.layout import Placed, Room
from greenroom.agent.virtual.model.motion import Scroll

Scrolls = dict[str, Scroll]


@dataclass(slots=True, eq=False)
class Window:
    """One layer of the screen. `modal`: nothing under it can be touched or read; `still`: it takes no touches."""

    name: str
    package: str
    placed: Placed
    modal: bool = False
    still: bool = False
    secure: bool = False


@dataclass(slots=True, eq=False)
class Spot:
    """An element with its box on the screen, in dp."""

    placed: Placed
    x: float
    y: float

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.placed.w and self.y <= y < self.y + self.placed.h


def path_at(windows: list[Window], x: float, y: float, scrolls: Scrolls, room: Room) -> list[Spot]:
    """What lies under a point, from its window to the deepest element; empty where nothing would answer."""
    for window in reversed(windows):
        if window.still:
            continue
        found = _path(window.placed, 0.0, 0.0, x, y, scrolls, room)
        if found or window.modal:
            return found
    return []


def _path(one: Placed, left: float, top: float, x: float, y: float, scrolls: Scrolls, room: Room) -> list[Spot]:
    el = one.el
    spot = Spot(one, left, top)
    inside = spot.holds(x, y)
    if not inside and (el.clip or el.kind == "scroll"):
        return []
    dx, dy = shift(el, lambda key: scrolls[key], room)
    for child in reversed(one.children) if el.kind != "small" else ():
        found = _path(child, left + child.x + dx, top + child.y + dy, x, y, scrolls, room)
        if found:
            return [spot, *found]
    answers = el.enabled and (el.tap or el.hold or el.kind == "scroll" or el.solid)
    return [spot] if inside and answers else []


def measure_scrolls(one: Placed, scrolls: Scrolls) -> None:
    """Tell every scroll of a window how much there is to scroll."""
    el = one.el
    if el.kind == "scroll":
        state = scrolls.get(el.key)
        if state is None:
            state = scrolls[el.key] = Scroll()
        state.end = el.end
        child = one.children[0]
        start, top, end, bottom = el.pad
        if el.axis == "across":
            state.sized(one.w, child.w + start + end, snap=el.snap)
        else:
            state.sized(one.h, child.h + top + bottom, snap=el.snap)
    for child in one.children:
        measure_scrolls(child, scrolls)
