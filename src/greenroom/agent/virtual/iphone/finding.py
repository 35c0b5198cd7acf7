"""WebDriverAgent's routes for elements: finding them, and what is asked of and done to one."""

import re
from typing import Any

from greenroom.agent.virtual.iphone.elements import Element
from greenroom.agent.virtual.iphone.hands import QUICK, keys
from greenroom.agent.virtual.iphone.plain import screenshot
from greenroom.agent.virtual.iphone.search import BadSearch, search
from greenroom.agent.virtual.iphone.session import Body, Session, bad_argument, no_element
from greenroom.agent.virtual.keycodes import DELETE, MOVE_END

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


async def find_all(it: Session, body: Body, within: str = "") -> Any:
    root = it.again(within) if within else it.root()
    try:
        found = search(root, str(body.get("using")), str(body.get("value")))
    except (BadSearch, re.error) as error:
        raise bad_argument(str(error)) from error
    return [_handed(it, one) for one in found]


async def find(it: Session, body: Body, within: str = "") -> Any:
    found = await find_all(it, body, within)
    if not found:
        raise no_element(f"unable to find an element using '{body.get('using')}', value '{body.get('value')}'")
    return found[0]


def _handed(it: Session, element: Element) -> Body:
    number = it.remember(element)
    return {"ELEMENT": number, ELEMENT: number, "type": element.type, "label": element.label}


async def active_element(it: Session, body: Body) -> Any:
    found = it.focused()
    if found is None:
        raise no_element("no element has the focus")
    return _handed(it, found)


async def element_tap(it: Session, body: Body, number: str) -> Any:
    it.handset.tap(*it.again(number).middle())


async def element_hold(it: Session, body: Body, number: str) -> Any:
    await it.handset.press(*it.again(number).middle(), float(body.get("duration", 1)))


async def element_clear(it: Session, body: Body, number: str) -> Any:
    field = it.again(number)
    if not field.node.focused:
        it.handset.tap(*field.middle())
    it.handset.key(MOVE_END)
    for _ in field.node.text:
        it.handset.key(DELETE)


async def element_type(it: Session, body: Body, number: str) -> Any:
    field = it.again(number)
    if not field.node.focused:
        it.handset.tap(*field.middle())
    value = body.get("value", body.get("text", ""))
    await keys(it, {"value": value if isinstance(value, list) else [str(value)]})


async def element_rect(it: Session, body: Body, number: str) -> Any:
    return it.again(number).attribute("rect")


async def element_text(it: Session, body: Body, number: str) -> Any:
    one = it.again(number)
    return one.value if one.node.editable and one.value is not None else one.label or ""


async def element_name(it: Session, body: Body, number: str) -> Any:
    return it.again(number).type


async def element_attribute(it: Session, body: Body, number: str, name: str) -> Any:
    value = it.again(number).attribute(name)
    return ("true" if value else "false") if isinstance(value, bool) else value


async def element_true(it: Session, body: Body, number: str) -> Any:
    return it.again(number).enabled


async def element_selected(it: Session, body: Body, number: str) -> Any:
    return it.again(number).value == "1"


async def element_picture(it: Session, body: Body, number: str) -> Any:
    return await screenshot(it, body)


async def element_scroll(it: Session, body: Body, number: str) -> Any:
    left, top, right, bottom = it.again(number).node.box
    x, y = (left + right) // 2, (top + bottom) // 2
    direction = body.get("direction", "down")
    ends = {"down": (x, top + 10), "up": (x, bottom - 10), "right": (left + 10, y), "left": (right - 10, y)}
    await it.handset.swipe((x, y), ends.get(direction, ends["down"]), QUICK)
