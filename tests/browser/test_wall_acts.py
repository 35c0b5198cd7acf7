"""What is done to the phones of the wall beside tapping them, by mouse and by keys; each phone says what came of it."""

import io
import re
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Route, expect

from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.model.phone import Phone
from tests.support.chromium import Browsing
from tests.support.lab_thread import place_of
from tests.support.wall_page import HOME, NOTES, SETTINGS, WallLab, WallPage

FEED, SAMPLE = "com.greenroom.feed", "com.example.sample"  # the first ships as attended
NOTHING_COMES = 800  # ms within which what was sent by mistake would have come


def open_app(wall: WallPage, app: str) -> None:
    wall.press("Open an app")
    wall.page.keyboard.type(app)
    wall.page.keyboard.press("Enter")
    expect(wall.page.get_by_role("dialog")).to_have_count(0)


def test_an_attended_app_takes_one_phone_and_each_phone_says_so(lab: WallLab, browsing: Browsing) -> None:
    lab.thread.steer(2, lambda phone: phone.launch(FEED))
    lab.until_told(2, lambda one: one["attended"])
    wall = lab.open(browsing)
    wall.live()
    wall.act_on(1, 2, 3)
    wall.tap(1, "Notes")
    wall.last_act("Tap", "3 left out")
    wall.results(dict.fromkeys((1, 2, 3), "attended app: select one phone"))
    wall.said("Nothing was sent: an attended app is in front, and it takes one phone at a time")
    wall.page.keyboard.press("h")
    wall.last_act("Home", "3 left out")
    wall.log("Phones 1 to 3: left out of “Home”: attended app: select one phone")
    assert lab.fronts(1, 2, 3) == [HOME, FEED, HOME]

    wall.act_on(1, 3)
    open_app(wall, FEED)
    wall.last_act(f"Open app “{FEED}”", "2 left out")
    wall.results(dict.fromkeys((1, 3), "A person acts in this app on one phone at a time; choose one phone"))
    assert lab.fronts(1, 3) == [HOME, HOME]

    wall.act_on(2)
    wall.page.keyboard.press("h")
    wall.last_act("Home", "done")
    lab.until([2], lambda phone: phone.front()[0] == HOME)


def test_an_app_is_opened_on_all_and_who_lacks_it_says_so(lab: WallLab, browsing: Browsing) -> None:
    for number in (1, 2):
        lab.thread.steer(number, lambda phone: phone.install(Package(SAMPLE, "Sample")))
    wall = lab.open(browsing)
    wall.act_on(1, 2, 3)
    open_app(wall, SAMPLE)
    wall.last_act(f"Open app “{SAMPLE}”", "1 failed, 2 done")
    assert lab.fronts(1, 2, 3, 4) == [SAMPLE, SAMPLE, HOME, HOME]
    wall.results({1: "opened", 2: "opened", 3: f"This phone has no {SAMPLE} that could be started: install it first"})


def test_phones_are_turned_each_from_how_it_lies_and_pressed_as_they_lie(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.live()
    wall.lying()
    wall.act_on(1, 2)
    wall.page.keyboard.press("o")
    lab.until([1, 2], lambda phone: phone.rotation == 1)
    wall.last_act("Turn", "2 done")
    wall.lying(1, 2)
    wall.tap(2, "Notes")
    lab.until([1, 2], lambda phone: phone.front()[0] == NOTES)

    lab.thread.steer(1, lambda phone: setattr(phone, "rotation", 0))
    wall.lying(2)
    wall.tap(1, "Search")
    wall.last_act("Tap", "1 left out, 1 done")
    wall.results({1: "tapped", 2: "turned another way"})
    wall.press("Turn")
    lab.until([1], lambda phone: phone.rotation == 1)
    lab.until([2], lambda phone: phone.rotation == 0)
    wall.lying(1)


def test_a_phone_restarts_after_a_question_and_stays_its_persons(lab: WallLab, browsing: Browsing) -> None:
    lab.thread.steer(3, lambda phone: phone.launch(NOTES))
    wall = lab.open(browsing)
    wall.live()
    wall.act_on(3)
    wall.press("Restart")
    asked = wall.page.get_by_role("dialog", name="Restart phone 3")
    expect(asked).to_contain_text("What runs on it ends, and it is away for a minute or two.")
    wall.page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(wall.list).to_be_focused()
    assert lab.fronts(3) == [NOTES]

    wall.press("Restart")
    for _ in ("Close", "Keep as it is", "Restart phone 3"):
        wall.page.keyboard.press("Tab")
    wall.page.keyboard.press("Enter")
    wall.log("Phone 3, Phone 3, went")
    wall.last_act("Restart", "done")
    wall.results({3: "restarts"})
    lab.plug_when_there(3)
    assert lab.fronts(3) == [HOME]
    wall.log("Phone 3, Phone 3, is back")
    wall.live()
    expect(wall.option(3)).to_contain_text("held by you")
    wall.tap(3, "Notes")
    wall.last_act("Tap", "done")
    lab.until([3], lambda phone: phone.front()[0] == NOTES)


def test_every_key_of_the_phones_by_its_letter_and_by_its_button(lab: WallLab, browsing: Browsing) -> None:
    loud = lab.thread.look(1, lambda phone: phone.volume)
    keys: tuple[tuple[str, str, Callable[[Phone], object]], ...] = (
        ("d", "Delete", lambda phone: phone.running(NOTES).texts["search"] == "te"),
        ("e", "Enter", lambda phone: phone.focus_on is None),
        ("b", "Back", lambda phone: phone.front()[0] == HOME),
        ("n", "Notifications", lambda phone: phone.shade_open()),
        ("h", "Home", lambda phone: not phone.shade_open()),
        ("r", "Recent apps", lambda phone: phone.in_recents),
        ("+", "Volume up", lambda phone: phone.volume == loud + 1),
        ("-", "Volume down", lambda phone: phone.volume == loud),
        ("p", "Power", lambda phone: not phone.screen_on),
    )
    wall = lab.open(browsing)
    wall.live()
    wall.act_on(1, 2)
    wall.page.keyboard.press("m")
    wall.page.keyboard.press("m")  # before the phones are given back: they are taken anew
    for by_letter in (True, False):
        for number in (1, 2):
            lab.thread.steer(number, _writing)
            lab.until_told(number, lambda one: one["front"] == NOTES)
        for letter, name, true in keys:
            if by_letter:
                wall.page.keyboard.press(letter)
            else:
                wall.page.get_by_role("button", name=name, exact=True).click()
            lab.until((1, 2), true)
            wall.last_act(name, "2 done")
    assert lab.thread.look(3, lambda phone: phone.screen_on)
    expect(wall.page.get_by_role("list", name="Log")).not_to_contain_text("given back")


def _writing(phone: Phone) -> None:
    phone.power(True)
    phone.locked = False
    phone.launch(NOTES)
    phone.running(NOTES).texts["search"] = "tea"
    phone.focus(phone.running(NOTES), "search")


def test_a_long_press_and_the_wheel_go_to_all_selected(lab: WallLab, browsing: Browsing) -> None:
    for number in (1, 2):
        lab.thread.steer(number, lambda phone: phone.launch(NOTES))
    wall = lab.open(browsing)
    wall.live()
    wall.act_on(1, 2)
    wall.page.mouse.click(*wall.at(1, "Groceries"), delay=700)
    wall.last_act("Long tap", "2 done")
    lab.until((1, 2), lambda phone: phone.running(NOTES).over is not None)

    for number in (1, 2):
        lab.thread.steer(number, lambda phone: phone.launch(SETTINGS))
    before = lab.thread.look(1, lambda phone: place_of(phone, "Language")[1])
    wall.page.mouse.move(*wall.point(1, 0.5, 0.6))
    wall.page.mouse.wheel(0, 200)
    wall.last_act("Scroll", "2 done")
    lab.until((1, 2), lambda phone: place_of(phone, "Language")[1] < before - 0.05)
    wall.page.keyboard.press("Escape")
    wall.page.mouse.wheel(0, -200)  # the page's while phones are chosen
    wall.page.wait_for_timeout(NOTHING_COMES)
    expect(wall.page.get_by_role("list", name="Last actions").locator("details")).to_have_count(2)
    assert lab.thread.look(1, lambda phone: place_of(phone, "Language")[1]) < before - 0.05


def test_clipboards_are_filled_and_read_and_files_given(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wall.drop(4, "early.txt", b"tea", kinds=["dragover"])
    expect(wall.page.get_by_text("Press M to act, then drop files on a phone")).to_be_visible()
    wall.drop(4, "early.txt", b"tea", kinds=["drop"])
    wall.act_on(1, 2)
    wall.press("Put a text on the clipboard")
    wall.page.keyboard.type("kettle ☕")
    wall.page.keyboard.press("Enter")
    wall.last_act("Fill the clipboard “kettle ☕”", "2 done")
    lab.until((1, 2), lambda phone: phone.clipboard == "kettle ☕")
    lab.thread.steer(2, lambda phone: setattr(phone, "clipboard", "of phone 2"))
    wall.press("Read the clipboard")
    for words in ("kettle ☕", "of phone 2"):
        expect(wall.page.get_by_role("dialog").get_by_text(words, exact=True)).to_be_visible()
    wall.press("Copy the text of phone 2")
    expect(wall.page.get_by_role("button", name="Copied the text of phone 2")).to_be_visible()
    assert wall.page.evaluate("navigator.clipboard.readText()") == "of phone 2"
    wall.page.keyboard.press("Escape")
    expect(wall.list).to_be_focused()

    wall.drop(4, "list.txt", b"tea")
    wall.last_act("Send file “list.txt”", "done")
    held = io.BytesIO()
    Image.new("RGB", (9, 9)).save(held, "PNG")
    with wall.page.expect_file_chooser() as chosen:
        wall.press("Install an app or send a file")
    chosen.value.set_files({"name": "still.png", "mimeType": "image/png", "buffer": held.getvalue()})
    wall.last_act("Send file “still.png”", "2 done")
    assert [_given(lab, number) for number in range(1, 5)] == [{"still.png"}, {"still.png"}, set(), {"list.txt"}]


def _given(lab: WallLab, number: int) -> set[str]:
    names = lab.thread.look(number, lambda phone: {path.rpartition("/")[2] for path in phone.files})
    return names & {"early.txt", "list.txt", "still.png"}


def test_a_phone_that_answers_nothing_is_veiled_left_out_and_comes_back(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.live()
    wall.act_on(1, 3)
    lab.thread.do(lab.thread.member(3).trouble.set({"half_open": True}))
    silent = re.compile("no fresh picture|not answer|Offline since")
    expect(wall.option(3)).to_contain_text(silent, timeout=60_000)
    wall.tap(1, "Notes")
    wall.last_act("Tap", "1 left out, 1 done")
    assert lab.fronts(1, 3) == [NOTES, HOME]
    lab.thread.do(lab.thread.member(3).trouble.set({"half_open": False}))
    expect(wall.option(3)).not_to_contain_text(silent, timeout=60_000)


def test_what_no_aimed_phone_can_is_not_offered(lab: WallLab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.live()

    def without_back(route: Route) -> None:
        answer = route.fetch()
        page = answer.json()
        page["items"][0]["abilities"].remove("key_back")
        route.fulfill(response=answer, json=page)

    wall.page.route(re.compile(r"/api/v1/phones(\?|$)"), without_back)
    wall.act_on(1)
    back = wall.page.get_by_role("button", name=re.compile("^Back"))
    expect(back).to_have_attribute("aria-disabled", "true")
    expect(back).to_have_accessible_name("Back: not on an iPhone; swipe in from its left edge")
    back.click(force=True)
    expect(wall.page.get_by_role("list", name="Last actions")).to_have_count(0)
    wall.act_on(1, 2)
    expect(back).to_have_accessible_name("Back")
    back.click()
    wall.last_act("Back", "1 left out, 1 done")
    wall.results({1: "not possible in the way it is connected: do it by hand", 2: "pressed"})
