"""What is shown as uiautomator's XML, and the flat list of elements that selectors look through."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from greenroom.agent.virtual.contracts import Node

CLASSES = {
    "text": "TextView", "button": "Button", "icon": "ImageView", "image": "ImageView", "field": "EditText",
    "input": "EditText", "switch": "Switch", "checkbox": "CheckBox", "list": "ScrollView", "scroll": "ScrollView",
    "row": "LinearLayout", "key": "Button", "tab": "TextView", "radio": "RadioButton", "slider": "SeekBar",
}  # fmt: skip
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Element:
    """One node with its place in the tree: index among its siblings, numbers of its parent and of itself."""

    node: Node
    package: str
    index: int
    number: int
    parent: int | None

    @property
    def kind(self) -> str:
        if self.node.editable:
            return "android.widget.EditText"
        return kind_of(self.node)

    @property
    def resource(self) -> str:
        return self.node.id

    @property
    def owner(self) -> str:
        return owner_of(self.node, self.package)


def elements(root: Node, package: str) -> list[Element]:
    """All elements, each before its children, as a reader sees them from above."""
    found: list[Element] = []

    def add(node: Node, index: int, parent: int | None) -> None:
        number = len(found)
        found.append(Element(node, package, index, number, parent))
        for at, child in enumerate(node.children):
            add(child, at, number)

    add(root, 0, None)
    return found


def kind_of(node: Node) -> str:
    if "." in node.kind:
        return node.kind
    name = CLASSES.get(node.kind)
    return (
        f"android.widget.{name}" if name else "android.view.View" if not node.children else "android.widget.FrameLayout"
    )


def owner_of(node: Node, package: str) -> str:
    """The package that an element belongs to; what has no name belongs to what is in front."""
    return node.id.partition(":id/")[0] if ":id/" in node.id else package


def hierarchy(root: Node, package: str, rotation: int, *, most: int = 50) -> str:
    """The XML that `uiautomator dump` writes; `most` levels deep."""
    lines = [f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"{rotation}\">"]
    lines.extend(_lines(root, package, 0, most))
    lines.append("</hierarchy>")
    return "".join(lines)


def _lines(node: Node, package: str, index: int, most: int) -> Iterator[str]:
    attributes = " ".join(f"{name}={quoteattr(value, ENTITIES)}" for name, value in _attributes(node, package, index))
    if not node.children or most <= 1:
        yield f"<node {attributes} />"
        return
    yield f"<node {attributes}>"
    for at, child in enumerate(node.children):
        yield from _lines(child, package, at, most - 1)
    yield "</node>"


ENTITIES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _attributes(node: Node, package: str, index: int) -> Iterator[tuple[str, str]]:
    left, top, right, bottom = node.box
    yield "index", str(index)
    yield "text", FORBIDDEN.sub("�", node.text)
    yield "resource-id", node.id
    yield "class", "android.widget.EditText" if node.editable else kind_of(node)
    yield "package", owner_of(node, package)
    yield "content-desc", FORBIDDEN.sub("�", node.description)
    for name, value in (
        ("checkable", node.checked is not None),
        ("checked", bool(node.checked)),
        ("clickable", node.clickable),
        ("enabled", node.enabled),
        ("focusable", node.clickable or node.editable),
        ("focused", node.focused),
        ("scrollable", node.scrollable),
        ("long-clickable", node.editable),
        ("password", node.password),
        ("selected", False),
        ("visible-to-user", True),
    ):
        yield name, "true" if value else "false"
    yield "bounds", f"[{left},{top}][{right},{bottom}]"
