"""Element trees from the XML of both platforms, read without recursion, document types or entities."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from greenroom.agent.phone_values import Element

MOST, DEEP = 50_000, 400  # elements, levels
BOUNDS = re.compile(r"\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]")
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
Attributes = Mapping[str, str]
Build = Callable[[str, Attributes, tuple[Element, ...]], Element]


class BadTree(ValueError):
    """That is no tree of elements, or one too large to be true."""


def read_tree(xml: str, build: Build) -> Element:
    """The root; `build` makes one element of its tag, its attributes and its children."""
    waiting: list[tuple[str, Attributes, list[Element]]] = [("", {}, [])]
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST or len(waiting) > DEEP:
            raise BadTree(f"more than {MOST} elements or {DEEP} levels")
        waiting.append((tag, attributes, []))

    def end(_: str) -> None:
        tag, attributes, children = waiting.pop()
        waiting[-1][2].append(build(tag, attributes, tuple(children)))

    def refuse(*_: Any) -> None:
        raise BadTree("it declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(NUMBERED.sub(_number, FORBIDDEN.sub("", xml)).encode(), True)
    except expat.ExpatError as error:
        raise BadTree(str(error)) from error
    return waiting[0][2][0]


def android(tag: str, attributes: Attributes, children: tuple[Element, ...]) -> Element:
    """One `node` of uiautomator's hierarchy; the root has no attributes of its own."""
    kind = attributes.get("class", tag)
    return Element(
        kind=kind,
        id=attributes.get("resource-id", ""),
        text=attributes.get("text", ""),
        description=attributes.get("content-desc", ""),
        box=_bounds(attributes.get("bounds", "")) if "bounds" in attributes else _around(children),
        package=attributes.get("package", ""),
        clickable=_is(attributes, "clickable"),
        editable=kind.endswith("EditText"),
        focused=_is(attributes, "focused"),
        checked=_is(attributes, "checked") if _is(attributes, "checkable") else None,
        scrollable=_is(attributes, "scrollable"),
        enabled=attributes.get("enabled", "true") == "true",
        password=_is(attributes, "password"),
        children=children,
    )


TOUCHED = ("Button", "Cell", "Icon", "Key", "Link", "MenuItem", "Switch", "Tab", "SearchField", "TextField")
TYPED = ("TextField", "SecureTextField", "SearchField", "TextView")
TURNED = ("Switch", "Toggle", "CheckBox", "RadioButton")


def ios(scale: float) -> Build:
    """One XCUIElement of WebDriverAgent's source; its boxes are in points."""

    def build(tag: str, attributes: Attributes, children: tuple[Element, ...]) -> Element:
        kind = attributes.get("type", tag)
        short = kind.removeprefix("XCUIElementType")
        name, label, value = (attributes.get(key, "") for key in ("name", "label", "value"))
        return Element(
            kind=kind,
            id=name,
            text=value if short in TYPED and value else label or value,
            description=label,
            box=_frame(attributes, scale) if "width" in attributes else _around(children),
            package=attributes.get("bundleId", ""),
            clickable=short in TOUCHED and attributes.get("enabled", "true") == "true",
            editable=short in TYPED,
            focused=_is(attributes, "focused"),
            checked=value == "1" if short in TURNED else None,
            scrollable=short in ("ScrollView", "Table", "CollectionView"),
            enabled=attributes.get("enabled", "true") == "true",
            password=short == "SecureTextField",
            children=children,
        )

    return build


def _number(match: re.Match[str]) -> str:
    """A numbered character, dropped where XML allows it in no form though phones write it."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return "" if code > 0x10FFFF or FORBIDDEN.match(chr(code)) else match[0]


def _is(attributes: Attributes, name: str) -> bool:
    return attributes.get(name) == "true"


def _bounds(text: str) -> tuple[int, int, int, int]:
    match = BOUNDS.fullmatch(text)
    return (int(match[1]), int(match[2]), int(match[3]), int(match[4])) if match else (0, 0, 0, 0)


def _frame(attributes: Attributes, scale: float) -> tuple[int, int, int, int]:
    try:
        x, y, width, height = (float(attributes.get(key, "0")) * scale for key in ("x", "y", "width", "height"))
        return round(x), round(y), round(x + width), round(y + height)
    except (ValueError, OverflowError):
        return (0, 0, 0, 0)


def _around(children: tuple[Element, ...]) -> tuple[int, int, int, int]:
    if not children:
        return (0, 0, 0, 0)
    lefts, tops, rights, bottoms = zip(*(child.box for child in children), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
