"""What is shown as WebDriverAgent sees it: elements with XCUI types and points, its source as XML and JSON."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from greenroom.agent.virtual.contracts import Node

TYPES = {
    "screen": "Application", "window": "Window", "text": "StaticText", "button": "Button", "image": "Image",
    "icon": "Image", "field": "TextField", "list": "ScrollView", "row": "Cell", "switch": "Switch", "tab": "Button",
    "key": "Key", "keyboard": "Keyboard", "dialog": "Alert", "toast": "Other", "group": "Other",
}  # fmt: skip
PREFIX = "XCUIElementType"
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Element:
    """One element; `rect` is left, top, width and height in points."""

    type: str
    name: str | None
    label: str | None
    value: str | None
    enabled: bool
    rect: tuple[int, int, int, int]
    node: Node
    children: "list[Element]" = field(default_factory=list)

    def attribute(self, name: str) -> Any:
        """As predicates and clients name it; None for what there is not."""
        x, y, width, height = self.rect
        plain = name.removeprefix("wd").lower() if name.startswith("wd") else name.lower()
        return {
            "type": self.type, "name": self.name, "label": self.label, "value": self.value, "enabled": self.enabled,
            "visible": True, "accessible": bool(self.label), "identifier": self.name, "x": x, "y": y, "width": width,
            "height": height, "rect": {"x": x, "y": y, "width": width, "height": height}, "selected": False,
            "focused": self.node.focused, "hasfocus": self.node.focused,
        }.get(plain)  # fmt: skip

    def walk(self) -> "Iterator[Element]":
        yield self
        for child in self.children:
            yield from child.walk()

    def middle(self) -> tuple[int, int]:
        """In pixels."""
        left, top, right, bottom = self.node.box
        return (left + right) // 2, (top + bottom) // 2

    def same(self, other: "Element") -> bool:
        """Whether this may be the element that was found before, on a screen that has gone on."""
        return (self.type, self.name, self.label) == (other.type, other.name, other.label)


def elements(root: Node, scale: float, label: str) -> Element:
    """The application, with all below it."""
    found = _element(root, scale)
    found.name = found.label = label
    return found


def _element(node: Node, scale: float) -> Element:
    left, top, right, bottom = (round(value / scale) for value in node.box)
    kind = PREFIX + ("SecureTextField" if node.password else TYPES.get(node.kind, "Other"))
    said = node.description or node.text or None
    value = node.text or None if node.editable else None
    if node.checked is not None:
        value = "1" if node.checked else "0"
    name = said or (node.id.partition(":id/")[2] or None)
    label = said if not node.editable else node.description or None
    children = [_element(child, scale) for child in node.children]
    return Element(kind, name, label, value, node.enabled, (left, top, right - left, bottom - top), node, children)


def tree_of(element: Element) -> ET.Element:
    """The XML of `GET /source`."""
    x, y, width, height = element.rect
    attributes = {"type": element.type}
    for name, value in (("name", element.name), ("label", element.label), ("value", element.value)):
        if value is not None:
            attributes[name] = FORBIDDEN.sub("�", value)
    attributes |= {"enabled": _yes(element.enabled), "visible": "true", "accessible": _yes(bool(element.label))}
    attributes |= {"x": str(x), "y": str(y), "width": str(width), "height": str(height)}
    found = ET.Element(element.type, attributes)
    found.extend(tree_of(child) for child in element.children)
    return found


def xml_of(element: Element) -> str:
    body = ET.tostring(tree_of(element), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'


def json_of(element: Element) -> dict[str, Any]:
    x, y, width, height = element.rect
    found: dict[str, Any] = {
        "type": element.type.removeprefix(PREFIX), "rawIdentifier": element.name, "name": element.name,
        "label": element.label, "value": element.value, "isEnabled": "1" if element.enabled else "0", "isVisible": "1",
        "rect": {"x": x, "y": y, "width": width, "height": height},
    }  # fmt: skip
    if element.children:
        found["children"] = [json_of(child) for child in element.children]
    return found


def _yes(value: bool) -> str:
    return "true" if value else "false"
