"""The wall from the browser to the phones: a real server, the real adb, the agent's own program, eight virtual phones.

What is asserted is what the phones themselves know, not only what the page says of them.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.packages import write_apk
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.lab_thread import place_of
from tests.support.page_rules import assert_faultless, faults, faults_in_both_themes
from tests.support.wall_page import HOME, NOTES, SETTINGS, WallLab

COUNT = 8  # of the lab
SIX = (1, 2, 3, 5, 6, 7)  # a band over three columns of two rows


def test_six_are_chosen_by_dragging_and_driven_together_while_one_is_unplugged(
    lab: WallLab, browsing: Browsing
) -> None:
    wall = lab.open(browsing)
    wall.live()
    wall.drag(1, 7)
    wall.selected(*SIX)
    wall.page.keyboard.press("m")
    wall.mine("Phones 1 to 3 and 5 to 7 · you")
    wall.tap(1, "Notes")
    lab.until(SIX, lambda phone: phone.front()[0] == NOTES)
    wall.last_act("Tap", "6 done")
    assert [lab.thread.look(n, lambda phone: phone.front()[0]) for n in (4, 8)] == [HOME, HOME]

    wall.tap(2, "Search")
    wall.last_act("Tap", "6 done")
    wall.page.wait_for_timeout(600)  # a text for several waits until it is known which app a tap led to
    wall.page.mouse.click(*wall.point(3, 0.5, 0.5), button="right")
    wall.type("kettle ☕")
    lab.until(SIX, lambda phone: phone.running(NOTES).texts.get("search") == "kettle ☕")
    wall.last_act("Type “kettle ☕”", "6 done")

    wall.page.get_by_role("button", name="Home", exact=True).click()
    lab.until(SIX, lambda phone: phone.front()[0] == HOME)
    wall.tap(1, "Settings")
    lab.until(SIX, lambda phone: phone.front()[0] == SETTINGS)
    before = {n: lab.thread.look(n, lambda phone: place_of(phone, "Language")[1]) for n in SIX}
    x, y = wall.point(1, 0.5, 0.7)
    wall.page.mouse.move(x, y)
    wall.page.mouse.down()
    for step in range(1, 9):
        wall.page.mouse.move(x, y - step * 15)
        wall.page.wait_for_timeout(16)
    lab.thread.unplug(6)
    wall.page.mouse.up()
    others = [n for n in SIX if n != 6]
    lab.until(others, lambda phone: place_of(phone, "Language")[1] < before[1] - 0.05)
    assert lab.thread.look(6, lambda phone: place_of(phone, "Language")[1]) == before[6]
    # A host with too much to do begins pictures anew, and says that it can't know of a finger that was down.
    wall.last_act("Swipe", re.compile(r"(1 failed|1 left out|1 not known).*5 done|5 done|not known"))
    wall.log(
        re.compile(
            "^Phone 6: .*(unplugged before the swipe|gone before the swipe|offline|not known whether it came through)"
        )
    )
    expect(wall.option(6)).to_contain_text("Offline since", timeout=60_000)
    wall.log("Phone 6, Phone 6, went")

    lab.thread.plug(6)
    wall.log("Phone 6, Phone 6, is back")
    expect(wall.option(6)).not_to_contain_text("Offline since")
    wall.page.keyboard.press("Escape")
    expect(wall.page.get_by_role("group", name="Mode").get_by_role("button", name="Select")).to_have_attribute(
        "aria-pressed", "true"
    )
    for number in SIX:
        lab.until_told(number, lambda one: one["lease"] is None)


def test_by_the_keyboard_alone_a_phone_is_tapped_and_typed_on(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.live()
    across, down = lab.thread.look(2, lambda phone: place_of(phone, "Notes"))
    wall.list.focus()
    for key in ("Home", "ArrowRight", "Enter", "m"):
        wall.page.keyboard.press(key)
    wall.mine("Phone 2 · you")
    for wanted, keys in ((across - 0.5, ("ArrowLeft", "ArrowRight")), (down - 0.5, ("ArrowUp", "ArrowDown"))):
        steps, fine = divmod(round(abs(wanted) / 0.02), 5)
        key = keys[wanted > 0]
        for stroke in [f"Shift+{key}"] * steps + [key] * fine:
            wall.page.keyboard.press(stroke)
    wall.page.keyboard.press("Enter", delay=60)
    lab.until([2], lambda phone: phone.front()[0] == NOTES)
    wall.last_act("Tap", "done")

    wall.page.keyboard.press("h")
    lab.until([2], lambda phone: phone.front()[0] == HOME)
    wall.last_act("Home", "done")
    lab.thread.steer(2, lambda phone: phone.launch(NOTES))
    x, y = lab.thread.look(2, lambda phone: place_of(phone, "Search"))
    handset = lab.thread.member(2).device.handset
    lab.thread.steer(2, lambda phone: handset.tap(round(x * phone.size[0]), round(y * phone.size[1])))
    wall.page.keyboard.press("t")
    wall.page.get_by_role("checkbox", name="Keep this text").check()
    wall.page.get_by_role("dialog").get_by_label("Text", exact=True).focus()
    wall.page.keyboard.type("from the keys")
    wall.page.keyboard.press("Enter")
    lab.until([2], lambda phone: phone.running(NOTES).texts.get("search") == "from the keys")
    expect(wall.list).to_be_focused()
    wall.page.keyboard.press("t")
    expect(wall.page.get_by_role("list", name="Typed lately").get_by_text("from the keys")).to_be_visible()
    wall.page.keyboard.press("Escape")
    wall.page.keyboard.press("f")
    expect(wall.page).to_have_url(re.compile("large="))
    others = [n for n in range(1, COUNT + 1) if n != 2]
    assert {lab.thread.look(n, lambda phone: phone.front()[0]) for n in others} == {HOME}


def test_phones_are_chosen_by_clicks_keys_and_buttons_and_stay_so_in_the_address(
    lab: WallLab, browsing: Browsing
) -> None:
    wall = lab.open(browsing)
    expect(wall.list.get_by_role("option")).to_have_count(COUNT)
    assert not wall.glows(2)
    wall.click(2)
    wall.selected(2)
    assert wall.glows(2)
    wall.click(5, "Control")
    wall.selected(2, 5)
    wall.click(2, "Control")
    wall.selected(5)
    wall.click(4)
    wall.click(7, "Shift")
    wall.selected(4, 5, 6, 7)
    wall.press("Leave out 5 Phone 5")
    wall.selected(4, 6, 7)
    expect(wall.page).to_have_url(re.compile(r"[?&]on=[^&.]+(\.[^&.]+){2}(&|$)"))
    wall.page.add_init_script("Object.defineProperty(navigator, 'userAgent', { value: 'Macintosh; Intel Mac OS X' })")
    wall.page.reload()
    wall.selected(4, 6, 7)
    wall.click(6, "Meta")
    wall.selected(4, 7)
    wall.page.keyboard.press("Escape")
    wall.selected()
    for key, numbers in (("Home", ()), ("Enter", (1,)), ("ArrowRight", (1,)), ("ArrowRight", (1,)), (" ", (1, 3))):
        wall.page.keyboard.press(key)
        wall.selected(*numbers)
    wall.page.keyboard.press("End")
    wall.page.keyboard.press("Shift+Enter")
    wall.selected(3, 4, 5, 6, 7, 8)
    wall.press("All 8")
    wall.selected(*range(1, 9))
    wall.press("None")
    wall.selected()
    wall.click(1)
    x, y = wall.point(1, 0, 0.5)
    wall.page.mouse.click(x - 6, y)  # beside all of them
    wall.selected()

    wall.click(3)
    wall.page.keyboard.press("f")
    wall.large(3)
    expect(wall.page).to_have_url(re.compile(r"[?&]large="))
    third = wall.page.url
    wall.page.keyboard.press("ArrowRight")
    wall.large(4)
    expect(wall.page).not_to_have_url(third)
    wall.press("The phone before")
    wall.large(3)
    expect(wall.page).to_have_url(third)
    wall.page.reload()
    wall.large(3)
    wall.press("All phones")
    expect(wall.page.get_by_role("button", name="One phone large")).to_be_visible()
    assert wall.box(3)[3] < 600
    wall.press("Hide the panel")
    expect(wall.page.get_by_role("complementary", name="Panel")).to_have_count(0)


@pytest.fixture
def sorted_phones(lab: WallLab) -> Iterator[None]:
    """Two groups; the second phone in maintenance, the last one another client's."""
    ids = [one["id"] for one in lab.phones()]
    second = lab.desk.post("/clients", {"name": "Second", "colour": "#2f7a55", "zone": "UTC"})["id"]
    lab.desk.post("/phones/gifts", {"phones": ids[-1:], "client_id": second})
    lab.desk.post("/phones/changes", {"phones": ids[1:2], "state": "maintenance", "why": "its glass is broken"})
    for group, members in (("left", ids[:4]), ("right", ids[4:])):
        lab.desk.post("/phones/changes", {"phones": members, "add_groups": [group]})
    yield
    lab.desk.post("/phones/changes", {"phones": ids[1:2], "state": "active"})
    lab.desk.post("/phones/gifts", {"phones": ids[-1:], "client_id": lab.client})


@pytest.mark.usefixtures("sorted_phones")
def test_filters_leave_numbers_as_they_are_and_let_go_of_what_they_hide(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.select(2, 3)
    wall.page.keyboard.press("m")
    wall.mine("Phones 2 and 3 · you")
    filters = wall.page.get_by_role("group", name="Filters")
    filters.get_by_label("Every tag").select_option("odd")
    wall.shows(1, 3, 5, 7)
    wall.selected(3)
    wall.log("You gave back phone 2: no longer shown on the wall")
    filters.get_by_label("Every group").select_option("right")
    wall.shows(5, 7)
    filters.get_by_label("Search phones").press_sequentially("even")
    expect(wall.page.get_by_role("heading", name="No phone is like that")).to_be_visible()
    expect(wall.page.get_by_role("group", name="Mode")).to_be_visible()
    lab.until_told(3, lambda one: one["lease"] is None)
    wall.press("All")
    wall.shows(*range(1, 9))
    filters.get_by_label("Every state").select_option("maintenance")
    wall.shows(2)
    wall.press("All")
    filters.get_by_label("Every client").select_option("Second")
    wall.shows(8)


def test_on_a_phones_width_fingers_act_and_the_panel_is_a_sheet(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing, width=NARROW)
    wall.live()
    wall.page.get_by_role("button", name="Act", exact=True).tap()
    for number in (1, 2):
        wall.page.touchscreen.tap(*wall.at(number, "Notes"))
    lab.until([1, 2], lambda phone: phone.front()[0] == NOTES)
    wall.page.get_by_role("button", name="Panel").tap()
    sheet = wall.page.get_by_role("dialog", name="Panel")
    expect(sheet.get_by_role("list", name="Last actions")).to_contain_text("Tap")
    expect(sheet.get_by_text("on phone 2", exact=True)).to_be_visible()
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)
    wall.page.get_by_role("button", name="Home", exact=True).tap()
    lab.until([2], lambda phone: phone.front()[0] == HOME)
    assert lab.fronts(1) == [NOTES]  # Home goes to the phone that was touched last


def test_who_may_only_look_sees_the_phones_and_acts_on_none(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing, desk=lab.person("Vera", "read", "viewer"))
    wall.live()
    expect(wall.page.get_by_text("You may look at these phones, not act on them.").first).to_be_visible()
    expect(wall.page.get_by_role("group", name="Mode")).to_have_count(0)
    wall.select(1, 3)
    wall.page.keyboard.press("m")
    wall.tap(1, "Notes")
    wall.page.keyboard.press("h")
    wall.page.wait_for_timeout(500)
    assert {lab.thread.look(n, lambda phone: phone.front()[0]) for n in (1, 3)} == {HOME}
    expect(wall.page.get_by_role("list", name="Last actions")).to_have_count(0)


def test_files_are_dropped_and_screenshots_taken(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.live()
    wall.select(1, 2)
    wall.page.keyboard.press("m")
    wall.mine("Phones 1 and 2 · you")
    wall.drop(1, "dropped.apk", write_apk(Package("com.example.dropped", "Dropped")))
    lab.until((1, 2), lambda phone: any(one.name == "com.example.dropped" for one in phone.installed()))
    wall.last_act("Install “dropped.apk”", "2 done")

    wall.page.keyboard.press("s")
    shown = wall.page.get_by_role("dialog").get_by_role("img")
    expect(shown).to_have_count(2, timeout=60_000)
    wall.page.wait_for_function(
        "() => [...document.querySelectorAll('[role=dialog] img')].every(one => one.naturalWidth)"
    )
    with wall.page.expect_download() as download:
        wall.page.get_by_role("link", name="Download the screenshot of phone 2").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    wall.page.keyboard.press("Escape")
    assert lab.thread.look(8, lambda phone: [one.name for one in phone.installed()]).count("com.example.dropped") == 0


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_page_keeps_the_rules_with_hostile_names_and_without_any_phone(
    lab: WallLab, browsing: Browsing, width: int
) -> None:
    wall = lab.open(browsing, width=width)
    wall.live()
    wall.page.keyboard.press("m")
    found = {"act": faults_in_both_themes(wall.page)}
    assert wall.page.evaluate("window.pwned") is None
    wall = lab.open(browsing, width=width, path="/phones?q=nothing+is+called+so")
    expect(wall.page.get_by_role("heading", name="No phone is like that")).to_be_visible()
    found["none"] = faults(wall.page)
    wall.page.get_by_role("button", name="Show all").click()
    wall.live()
    assert_faultless(found)


def test_a_browser_that_decodes_no_video_gets_pictures_one_by_one(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.page.add_init_script("delete window.VideoDecoder")
    wall.page.reload()
    wall.live()
    wall.select(5)
    wall.page.keyboard.press("m")
    wall.mine("Phone 5 · you")
    wall.tap(5, "Notes")
    lab.until([5], lambda phone: phone.front()[0] == NOTES)
    wall.last_act("Tap", "done")
    wall.page.get_by_role("button", name="One phone large").click()
    wall.page.get_by_role("button", name="The next phone").click()
    expect(wall.page.get_by_role("button", name="All phones")).to_be_visible()
    assert wall.box(6)[3] > 600
