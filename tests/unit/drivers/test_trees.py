"""Element trees of both platforms, and XML that wants more than to be read."""

import pytest

from greenroom.agent.drivers.tree_xml import BadTree, android, ios, read_tree

ANDROID = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0">
<node index="0" text="" resource-id="" class="android.widget.FrameLayout" package="com.a" content-desc=""
 checkable="false" clickable="false" enabled="true" bounds="[0,0][1080,2400]">
<node text="Buy &amp; &#x1F389; pay&#0;&#10;now" resource-id="com.a:id/buy" class="android.widget.Button"
 package="com.a" content-desc="Buy" checkable="false" clickable="true" enabled="false" bounds="[40,1200][1040,1320]" />
<node text="secret" class="android.widget.EditText" checkable="true" checked="true" password="true"
 focused="true" bounds="[-5,0][10,20]" />
</node></hierarchy>"""


def test_androids_hierarchy() -> None:
    root = read_tree(ANDROID, android)
    assert root.box == (0, 0, 1080, 2400)
    frame = root.children[0]
    button, field = frame.children
    assert (button.text, button.id, button.description) == ("Buy & 🎉 pay\nnow", "com.a:id/buy", "Buy")
    assert (button.clickable, button.enabled, button.box, button.checked) == (True, False, (40, 1200, 1040, 1320), None)
    assert (field.editable, field.password, field.focused, field.checked, field.box[0]) == (True, True, True, True, -5)
    assert root.count == 4


IOS = """<?xml version="1.0" encoding="UTF-8"?>
<XCUIElementTypeApplication type="XCUIElementTypeApplication" name="Notes" label="Notes" enabled="true" x="0" y="0"
 width="390" height="844"><XCUIElementTypeTextField type="XCUIElementTypeTextField" value="Grüße" name="title"
 label="Title" enabled="true" x="16" y="100.5" width="358" height="44"/><XCUIElementTypeSwitch
 type="XCUIElementTypeSwitch" value="1" label="Dark" enabled="true" x="300" y="200" width="51" height="31"/>
</XCUIElementTypeApplication>"""


def test_an_iphones_source_in_pixels() -> None:
    root = read_tree(IOS, ios(3.0))
    assert root.box == (0, 0, 1170, 2532)
    field, switch = root.children
    assert (field.text, field.description, field.id, field.editable) == ("Grüße", "Title", "title", True)
    assert field.box == (48, 302, 1122, 434)
    assert (switch.checked, switch.clickable, switch.text) == (True, True, "Dark")


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<a>",
        "<a></b>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<a>" * 500 + "</a>" * 500,
        "<a>" + "<b/>" * 50_001 + "</a>",
    ],
)
def test_what_is_no_tree_or_too_much_of_one_is_refused(xml: str) -> None:
    with pytest.raises(BadTree):
        read_tree(xml, android)
