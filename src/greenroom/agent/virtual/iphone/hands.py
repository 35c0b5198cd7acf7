"""WebDriverAgent's routes for fingers, keys and alerts. Coordinates are points, durations seconds."""

import asyncio
import re
from typing import Any

from greenroom.agent.virtual.iphone.actions import perform
from greenroom.agent.virtual.iphone.elements import Element
from greenroom.agent.virtual.iphone.session import Body, Session, bad_argument, no_alert
from greenroom.agent.virtual.keycodes import DELETE, HOME, POWER, VOLUME_DOWN, VOLUME_UP

BUTTONS = {"home": HOME, "volumeup": VOLUME_UP, "volumedown": VOLUME_DOWN, "action": POWER, "lock": POWER}
LONG = 0.1  # seconds a finger rests before a drag, where nothing is said
QUICK = 0.1  # seconds of a swipe by direction


def _pixels(it: Session, x: Any, y: Any) -> tuple[int, int]:
    try:
        return round(float(x) * it.scale), round(float(y) * it.scale)
    except (TypeError, ValueError) as error:
        raise bad_argument(f"no point: {x!r}, {y!r}") from error


async def tap(it: Session, body: Body, *_: str) -> Any:
    it.handset.tap(*_pixels(it, body.get("x"), body.get("y")))


async def double_tap(it: Session, body: Body) -> Any:
    point = _pixels(it, body.get("x"), body.get("y"))
    it.handset.tap(*point)
    await asyncio.sleep(0.08)
    it.handset.tap(*point)


async def hold(it: Session, body: Body) -> Any:
    await it.handset.press(*_pixels(it, body.get("x"), body.get("y")), float(body.get("duration", 1)))


async def drag(it: Session, body: Body) -> Any:
    start, end = _pixels(it, body["fromX"], body["fromY"]), _pixels(it, body["toX"], body["toY"])
    await it.handset.swipe(start, end, 0.25, hold=float(body.get("duration", LONG)))


async def press_and_drag(it: Session, body: Body) -> Any:
    start, end = _pixels(it, body["fromX"], body["fromY"]), _pixels(it, body["toX"], body["toY"])
    way = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5 / it.scale
    seconds = way / max(1.0, float(body.get("velocity", 400)))
    before, after = float(body.get("pressDuration", LONG)), float(body.get("holdDuration", 0))
    await it.handset.swipe(start, end, seconds, hold=before, linger=after)


async def swipe(it: Session, body: Body) -> Any:
    width, height = it.handset.phone.size
    middle = width // 2, height // 2
    ends = {
        "up": (middle[0], height // 5), "down": (middle[0], height * 4 // 5),
        "left": (width // 8, middle[1]), "right": (width * 7 // 8, middle[1]),
    }  # fmt: skip
    if body.get("direction") not in ends:
        raise bad_argument("'direction' is up, down, left or right")
    await it.handset.swipe(middle, ends[body["direction"]], QUICK)


async def keys(it: Session, body: Body) -> Any:
    text = "".join(body.get("value", []))
    if it.focused() is None:
        raise bad_argument("Cannot type: no element has the keyboard's focus")
    for part in re.split("([\b\x7f])", text):
        if part in ("\b", "\x7f"):
            it.handset.key(DELETE)
        elif part:
            it.handset.text(part)


async def button(it: Session, body: Body) -> Any:
    name = str(body.get("name", "")).lower()
    if name not in BUTTONS:
        raise bad_argument(f"The button {name!r} is not known: {', '.join(BUTTONS)}")
    it.handset.key(BUTTONS[name], long=float(body.get("duration") or 0) >= 1)


async def dismiss_keyboard(it: Session, body: Body) -> Any:
    it.handset.phone.unfocus()
    it.handset.stirred()


async def actions(it: Session, body: Body) -> Any:
    await perform(it, body)


# -- alerts -----------------------------------------------------------------------------------------------------------


def _alert(it: Session) -> tuple[Element, list[Element]]:
    found = it.alert()
    if found is None:
        raise no_alert()
    return found, [one for one in found.walk() if one.node.clickable]


async def alert_text(it: Session, body: Body) -> Any:
    alert, _ = _alert(it)
    said = [one.label for one in alert.walk() if one.node.kind == "text" and one.label]
    return "\n".join(said) or alert.label


async def alert_buttons(it: Session, body: Body) -> Any:
    return [one.label for one in _alert(it)[1]]


async def alert_accept(it: Session, body: Body) -> Any:
    await _answer(it, body, -1)


async def alert_dismiss(it: Session, body: Body) -> Any:
    await _answer(it, body, 0)


async def _answer(it: Session, body: Body, at: int) -> None:
    _, buttons = _alert(it)
    name = body.get("name")
    chosen = [one for one in buttons if one.label == name] if name else buttons[at:][:1] or buttons[:1]
    if not chosen:
        raise bad_argument(f"Failed to find button with label {name!r} for alert")
    it.handset.tap(*chosen[0].middle())
