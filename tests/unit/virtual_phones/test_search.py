"""Looking for elements as WebDriverAgent does and as uiautomator does."""

import pytest

from greenroom.agent.virtual.android.automation.selector import select
from greenroom.agent.virtual.android.hierarchy import elements as android_elements
from greenroom.agent.virtual.android.hierarchy import hierarchy
from greenroom.agent.virtual.contracts import Node
from greenroom.agent.virtual.iphone.elements import elements, xml_of
from greenroom.agent.virtual.iphone.search import BadSearch, search

TREE = Node(
    "", "screen", "", "", (0, 0, 300, 600),
    children=(
        Node("com.x:id/title", "text", "Notes <&> more", "", (0, 0, 300, 60)),
        Node("com.x:id/field", "field", "abc", "Search", (0, 60, 300, 120), editable=True, clickable=True),
        Node("com.x:id/list", "list", "", "", (0, 120, 300, 600), scrollable=True, children=(
            Node("com.x:id/row", "row", "First", "", (0, 120, 300, 180), clickable=True),
            Node("com.x:id/row", "row", "Second", "", (0, 180, 300, 240), clickable=True),
            Node("com.x:id/dark", "switch", "Dark", "", (0, 240, 300, 300), checked=True),
        )),
    ),
)  # fmt: skip
ROOT = elements(TREE, 3.0, "Notes")


@pytest.mark.parametrize(
    ("using", "value", "found"),
    [
        ("accessibility id", "First", ["First"]),
        ("class name", "XCUIElementTypeCell", ["First", "Second"]),
        ("link text", "label=Second", ["Second"]),
        ("partial link text", "label=ir", ["First"]),
        ("predicate string", "label == 'First' OR label == \"Second\"", ["First", "Second"]),
        ("predicate string", "type == 'XCUIElementTypeSwitch' AND value == '1'", ["Dark"]),
        ("predicate string", "label CONTAINS[c] 'SEC' AND NOT (label == 'First')", ["Second"]),
        ("predicate string", "name LIKE 'F*t' AND visible == 1", ["First"]),
        ("predicate string", "name MATCHES '[FS].*' AND rect.x == 0", []),
        ("class chain", "**/XCUIElementTypeCell[`label == 'Second'`]", ["Second"]),
        ("class chain", "**/XCUIElementTypeCell[-1]", ["Second"]),
        ("class chain", "XCUIElementTypeScrollView/XCUIElementTypeCell[1]", ["First"]),
        ("class chain", "**/XCUIElementTypeScrollView[$label == 'Dark'$]/*[2]", ["Second"]),
        ("xpath", "//XCUIElementTypeCell[@label='First' and @enabled='true']", ["First"]),
        ("xpath", "//XCUIElementTypeScrollView/XCUIElementTypeCell[2]", ["Second"]),
    ],
)
def test_webdriveragents_ways(using: str, value: str, found: list[str]) -> None:
    assert [one.label for one in search(ROOT, using, value)] == found


@pytest.mark.parametrize(
    ("using", "value"),
    [
        ("predicate string", "label =="),
        ("predicate string", "label ~ 'x'"),
        ("class chain", "**"),
        ("css", "a"),
        ("xpath", "//*["),
    ],
)
def test_what_is_not_understood_is_said(using: str, value: str) -> None:
    with pytest.raises(BadSearch):
        search(ROOT, using, value)


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ({"text": "First"}, ["First"]),
        ({"textContains": "e", "clickable": True}, ["Second"]),
        ({"className": "android.widget.EditText"}, ["abc"]),
        ({"resourceId": "com.x:id/row", "instance": 1}, ["Second"]),
        ({"textMatches": "F.*|S.*"}, ["First", "Second"]),
        ({"checked": True}, ["Dark"]),
        (
            {"scrollable": True, "childOrSibling": ["child"], "childOrSiblingSelector": [{"textStartsWith": "D"}]},
            ["Dark"],
        ),
        ({"text": "First", "childOrSibling": ["sibling"], "childOrSiblingSelector": [{"text": "Dark"}]}, ["Dark"]),
    ],
)
def test_uiautomators_selectors(selector: dict[str, object], found: list[str]) -> None:
    assert [one.node.text for one in select(android_elements(TREE, "com.x"), selector)] == found


def test_both_sources_are_sound_xml_whatever_is_written_on_the_screen() -> None:
    from xml.etree import ElementTree as ET

    wild = Node("", "text", "a<b>&\"'\n\x00\x1b\ud800\uffff", "", (0, 0, 1, 1))
    for text in (hierarchy(wild, "com.x", 0), hierarchy(TREE, "com.x", 1), xml_of(elements(wild, 1.0, "x\x00"))):
        tree = ET.fromstring(text.encode("utf-8"))  # noqa: S314 - we have just written it
        assert tree.tag in ("hierarchy", "XCUIElementTypeStaticText")
