"""The wall from the browser to the phones: a real server, the real adb, the agent's own program, eight virtual phones.

What is asserted is what the phones themselves know, not only what the page says of them.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from greenroom.agent.virtual.contracts import Package
from greenroom.agent.virtual.model.phone import Phone
from greenroom.agent.virtual.packages import write_apk
from greenroom_dev.desk import Desk, Refused
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.installation import Installation, new_installation
from tests.support.lab_thread import LabThread, place_of
from tests.support.page_rules import assert_faultless, faults, faults_in_both_themes, stands

COUNT = 8
SIX = (1, 2, 3, 5, 6, 7)  # a band over three columns of two rows
SOON = 40.0
NOTES, SETTINGS, HOME = "com.greenroom.notes", "com.greenroom.settings", "com.greenroom.launcher"
MARKUP = "<img src=x onerror=\"window.pwned='yes'\">"
RTL = "\u202eטלפון של בדיקה ارض\u202c"


@dataclass(frozen=True)
class Lab:
    installation: Installation
    desk: Desk
    thread: LabThread
    client: str

    def open(self, browsing: Browsing, *, desk: Desk | None = None, width: int = WIDE, path: str = "/phones") -> "Wall":
        who = desk or self.desk
        page = browsing.open(who.url, path, width=width, cookies=[who.browser_cookie])
        stands(page)
        return Wall(page, self)

    def phones(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.desk.get("/phones")["items"]
        return found

    def person(self, name: str, level: str, role: str = "member") -> Desk:
        access = [{"client_id": self.client, "level": level}]
        form = {"name": name, "email": f"{name.lower()}@example.com", "role": role, "access": access}
        token = self.desk.post("/users", form)["link"].rsplit("/", 1)[1]
        return Desk._entered(self.desk.url, "password", {"token": token, "password": "a red door opens"})

    def until(self, phones: Any, true: Callable[[Phone], object]) -> None:
        """What is so on each of these phones, soon."""
        deadline = time.monotonic() + SOON
        waiting = set(phones)
        while waiting := {one for one in waiting if not self.thread.look(one, true)}:
            assert time.monotonic() < deadline, f"not so on {sorted(waiting)}"
            time.sleep(0.05)

    def rest(self) -> None:
        """Every phone on its home screen, and nobody's."""
        for one in self.phones():
            if one["lease"] and one["lease"]["holder_name"].startswith("Ada"):
                with suppress(Refused):  # the page that left gave it back just now
                    self.desk.post(f"/phones/{one['id']}/lease/release", {"epoch": one["lease"]["epoch"]})
        for number in range(1, COUNT + 1):
            self.thread.steer(number, _home)


def _home(phone: Phone) -> None:
    for app in (NOTES, SETTINGS):
        phone.stop(app)
    phone.launch(HOME)


class Wall:
    """An open page of the wall."""

    def __init__(self, page: Page, lab: Lab) -> None:
        self.page, self._lab = page, lab
        self.list = page.get_by_role("listbox", name="Phones")

    def option(self, number: int) -> Locator:
        return self.list.get_by_role("option", name=re.compile(rf"^{number}, "))

    def live(self, count: int = COUNT) -> None:
        """Until every phone has a fresh picture."""
        expect(self.list.get_by_role("option")).to_have_count(count)
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('[role=option]')].every(one =>
                !/no fresh picture|not answer|Offline|asked yet/.test(one.textContent))""",
            timeout=30_000,
        )
        # The first picture is there once the phone may be pressed; the veil is drawn, so the server is asked.
        self.page.wait_for_timeout(1_500)

    def point(self, number: int, across: float, down: float) -> tuple[float, float]:
        box = self.option(number).bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def tap(self, number: int, words: str) -> None:
        self.page.mouse.click(*self.point(number, *self._lab.thread.look(number, lambda one: place_of(one, words))))

    def drag(self, first: int, last: int) -> None:
        """A band from beside the corner of one phone into another."""
        x, y = self.point(first, 0, 0)
        self.page.mouse.move(x - 5, y + 20)
        self.page.mouse.down()
        self.page.mouse.move(*self.point(last, 0.5, 0.5), steps=6)
        self.page.mouse.up()

    def select(self, *numbers: int) -> None:
        self.page.mouse.click(*self.point(numbers[0], 0.5, 0.5))
        for number in numbers[1:]:
            self.page.keyboard.down("Control")
            self.page.mouse.click(*self.point(number, 0.5, 0.5))
            self.page.keyboard.up("Control")
        self.selected(*numbers)

    def selected(self, *numbers: int) -> None:
        expect(self.list.locator("[role=option][aria-selected=true]")).to_have_count(len(numbers))
        for number in numbers:
            expect(self.option(number)).to_have_attribute("aria-selected", "true")

    def mine(self, words: str) -> None:
        expect(self.page.get_by_text(words, exact=True)).to_be_visible()

    def last_act(self, name: str, came_to: str | re.Pattern[str]) -> None:
        first = self.page.get_by_role("list", name="Last actions").get_by_role("listitem").first
        expect(first).to_contain_text(name, timeout=15_000)
        expect(first).to_contain_text(came_to, timeout=15_000)

    def log(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("list", name="Log").get_by_text(words).first).to_be_visible(timeout=15_000)

    def type(self, text: str) -> None:
        field = self.page.get_by_role("dialog").get_by_label("Text", exact=True)
        field.fill(text)
        field.press("Enter")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    installation = new_installation()
    thread = None
    try:
        desk = Desk.first(installation.up())
        client = desk.get("/clients")["items"][0]["id"]
        code = desk.post("/agents", {"name": "Shelf 1"})["code"]
        thread = LabThread(desk.url, code, tmp_path_factory.mktemp("agent"), androids=COUNT)
        lab = Lab(installation, desk, thread, client)
        deadline = time.monotonic() + 60
        while len(phones := lab.phones()) < COUNT or any(one["alive"] != "live" for one in phones):
            assert time.monotonic() < deadline, [(one["name"], one["alive"], one["because"]) for one in phones]
            time.sleep(0.1)
        for one in phones:
            number = thread.number_of(one["serial"])
            desk._ask("PUT", f"/phones/{one['id']}/client", json={"client_id": client})
            version = desk.get(f"/phones/{one['id']}")["version"]
            words = f"Phone {number}" if number < COUNT else f"Phone {number} {MARKUP} {RTL}"
            desk.patch(
                f"/phones/{one['id']}", {"name": words[:120], "tags": ["odd" if number % 2 else "even"]}, version
            )
        yield lab
    finally:
        if thread is not None:
            thread.close()
        installation.remove()


@pytest.fixture
def lab(made: Lab) -> Lab:
    made.rest()
    return made


def test_six_are_chosen_by_dragging_and_driven_together_while_one_is_unplugged(lab: Lab, browsing: Browsing) -> None:
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

    wall.page.wait_for_timeout(800)  # until the pictures show it
    wall.tap(2, "Search")
    wall.last_act("Tap", "6 done")
    wall.page.mouse.click(*wall.point(3, 0.5, 0.5), button="right")
    wall.type("kettle ☕")
    lab.until(SIX, lambda phone: phone.running(NOTES).texts.get("search") == "kettle ☕")
    wall.last_act("Type “kettle ☕”", "6 done")

    wall.page.get_by_role("button", name="Home", exact=True).click()
    lab.until(SIX, lambda phone: phone.front()[0] == HOME)
    wall.page.wait_for_timeout(800)
    wall.tap(1, "Settings")
    lab.until(SIX, lambda phone: phone.front()[0] == SETTINGS)
    wall.page.wait_for_timeout(800)
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
    expect(wall.option(6)).to_contain_text("Offline since", timeout=15_000)
    wall.log("Phone 6, Phone 6, went")

    lab.thread.plug(6)
    wall.log("Phone 6, Phone 6, is back")
    expect(wall.option(6)).not_to_contain_text("Offline since")
    wall.page.keyboard.press("Escape")
    expect(wall.page.get_by_role("group", name="Mode").get_by_role("button", name="Select")).to_have_attribute(
        "aria-pressed", "true"
    )
    deadline = time.monotonic() + SOON
    while any(one["lease"] for one in lab.phones()):
        assert time.monotonic() < deadline, "leases were not given back"
        time.sleep(0.1)


def test_by_the_keyboard_alone_a_phone_is_tapped_and_typed_on(lab: Lab, browsing: Browsing) -> None:
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
    wall.page.wait_for_timeout(1_000)
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


def test_who_may_only_look_sees_the_phones_and_acts_on_none(lab: Lab, browsing: Browsing) -> None:
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


def test_a_phone_is_asked_for_and_broken_in_and_its_holder_is_told(lab: Lab, browsing: Browsing) -> None:
    mona = lab.open(browsing, desk=lab.person("Mona", "full"))
    mona.live()
    mona.select(3)
    mona.page.keyboard.press("m")
    mona.mine("Phone 3 · you")

    ada = lab.open(browsing)
    ada.live()
    expect(ada.option(3)).to_contain_text("held by Mona")
    ada.select(3)
    ada.page.keyboard.press("m")
    ada.tap(3, "Notes")
    ada.last_act("Tap", "left out")
    ada.log("Phone 3: Mona holds it")
    assert lab.thread.look(3, lambda phone: phone.front()[0]) == HOME

    ada.page.get_by_role("button", name="Ask for phone 3").click()
    ada.page.get_by_label("What for").fill(f"A take {MARKUP}")
    ada.page.get_by_role("button", name="Ask", exact=True).click()
    expect(mona.page.get_by_role("alert")).to_contain_text("asks for phone 3: “A take <img")
    mona.page.get_by_role("button", name="Not now").click()

    ada.page.get_by_role("button", name="Break in on phone 3").click()
    ada.page.get_by_role("button", name="Take phone 3 over").click()
    expect(ada.page.get_by_text("Say why")).to_be_visible()
    ada.page.get_by_label("Why").fill("The client is on the line")
    ada.page.get_by_role("button", name="Take phone 3 over").click()
    ada.mine("Phone 3 · you")
    mona.log(re.compile("Phone 3: Ada.* took it over: “The client is on the line”"))
    mona.tap(3, "Notes")
    mona.last_act("Tap", "left out")
    assert lab.thread.look(3, lambda phone: phone.front()[0]) == HOME
    ada.page.wait_for_timeout(500)
    ada.tap(3, "Notes")
    lab.until([3], lambda phone: phone.front()[0] == NOTES)


def test_files_are_dropped_and_screenshots_taken(lab: Lab, browsing: Browsing) -> None:
    wall = lab.open(browsing)
    wall.live()
    wall.select(1, 2)
    wall.page.keyboard.press("m")
    wall.mine("Phones 1 and 2 · you")
    sample = write_apk(Package("com.example.dropped", "Dropped"))
    x, y = wall.point(1, 0.5, 0.5)
    wall.page.evaluate(
        """([x, y, bytes]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "dropped.apk"));
            const on = document.elementFromPoint(x, y);
            for (const kind of ["dragover", "drop"])
                on.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true,
                    clientX: x, clientY: y }));
        }""",
        [x, y, list(sample)],
    )
    lab.until((1, 2), lambda phone: any(one.name == "com.example.dropped" for one in phone.installed()))
    wall.last_act("Install “dropped.apk”", "2 done")

    wall.page.keyboard.press("s")
    shown = wall.page.get_by_role("dialog").get_by_role("img")
    expect(shown).to_have_count(2, timeout=20_000)
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
    lab: Lab, browsing: Browsing, width: int
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


def test_a_browser_that_decodes_no_video_gets_pictures_one_by_one(lab: Lab, browsing: Browsing) -> None:
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
    assert wall.option(6).bounding_box()["height"] > 600  # type: ignore[index] # an option that is shown has a box
