"""uiautomator's selectors as uiautomator2 sends them: which elements fit, with children, siblings and instances."""

import re
from collections.abc import Callable
from typing import Any

from greenroom.agent.virtual.android.hierarchy import Element

Fits = Callable[[Element, Any], bool]


def _text(read: Callable[[Element], str]) -> dict[str, Fits]:
    return {
        "": lambda one, value: read(one) == value,
        "Contains": lambda one, value: value in read(one),
        "Matches": lambda one, value: re.fullmatch(value, read(one), re.DOTALL) is not None,
        "StartsWith": lambda one, value: read(one).startswith(value),
    }


FIELDS: dict[str, Fits] = {
    **{f"text{how}": fits for how, fits in _text(lambda one: one.node.text).items()},
    **{f"description{how}": fits for how, fits in _text(lambda one: one.node.description).items()},
    **{f"className{how}": fits for how, fits in _text(lambda one: one.kind).items()},
    **{f"packageName{how}": fits for how, fits in _text(lambda one: one.owner).items()},
    **{f"resourceId{how}": fits for how, fits in _text(lambda one: one.resource).items()},
    "checkable": lambda one, value: (one.node.checked is not None) == value,
    "checked": lambda one, value: bool(one.node.checked) == value,
    "clickable": lambda one, value: one.node.clickable == value,
    "longClickable": lambda one, value: one.node.editable == value,
    "scrollable": lambda one, value: one.node.scrollable == value,
    "enabled": lambda one, value: one.node.enabled == value,
    "focusable": lambda one, value: (one.node.clickable or one.node.editable) == value,
    "focused": lambda one, value: one.node.focused == value,
    "selected": lambda one, value: not value,
    "index": lambda one, value: one.index == value,
}


def select(elements: list[Element], selector: dict[str, Any]) -> list[Element]:
    """The elements that fit, in the order of the screen; all of them, unless the selector says which instance."""
    found = _matching(elements, selector)
    chain = zip(selector.get("childOrSibling", ()), selector.get("childOrSiblingSelector", ()), strict=False)
    for relation, wanted in chain:
        found = _related(elements, found[:1] if "instance" in selector else found, relation, wanted)
    return found


def _matching(elements: list[Element], selector: dict[str, Any]) -> list[Element]:
    wanted = [(FIELDS[name], value) for name, value in selector.items() if name in FIELDS]
    found = [one for one in elements if all(fits(one, value) for fits, value in wanted)]
    if "instance" in selector:
        at = int(selector["instance"])
        return found[at : at + 1]
    return found


def _related(elements: list[Element], found: list[Element], relation: str, selector: dict[str, Any]) -> list[Element]:
    """Descendants of what was found, or descendants of its parents, that fit."""
    roots = {one.number for one in found} if relation == "child" else {one.parent for one in found}
    below: set[int] = set()
    for one in elements:
        if one.parent in roots or one.parent in below:
            below.add(one.number)
    return _matching([one for one in elements if one.number in below], selector)
