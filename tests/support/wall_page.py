"""The wall's page in a browser before real phones: a server of its own, the real adb, the agent's program."""

import io
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from greenroom.agent.virtual.model.phone import Phone
from greenroom_dev.desk import Desk, Refused
from tests.support.chromium import WIDE, Browsing
from tests.support.installation import Installation, prepared_installation
from tests.support.lab_thread import LabThread, place_of
from tests.support.page_rules import stands

SOON = 90.0
NOTES, SETTINGS, HOME = "com.greenroom.notes", "com.greenroom.settings", "com.greenroom.launcher"
MARKUP = "<img src=x onerror=\"window.pwned='yes'\">"
# Which pictures reached the glass, by the number under which the server sends a phone: the page tells the server.
GLASS = """window.glass = {};
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
    const said = typeof data === 'string' ? JSON.parse(data) : {};
    if (said.type === 'shown') for (const one of said.frames) glass[one.number] = one.sequence;
    return send.call(this, data);
}"""
RTL = "\u202eטלפון של בדיקה ارض\u202c"


@dataclass(frozen=True)
class WallLab:
    """`count` phones of one client, numbered as on the wall; the last one's name is hostile."""

    installation: Installation
    desk: Desk
    thread: LabThread
    client: str
    count: int

    def open(
        self, browsing: Browsing, *, desk: Desk | None = None, width: int = WIDE, path: str = "/phones"
    ) -> "WallPage":
        who = desk or self.desk
        page = browsing.open(who.url, path, width=width, cookies=[who.browser_cookie], before=GLASS)
        stands(page)
        return WallPage(page, self)

    def phones(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.desk.get("/phones")["items"]
        return found

    def phone(self, number: int) -> dict[str, Any]:
        return self.phones()[number - 1]

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

    def until_told(self, number: int, true: Callable[[dict[str, Any]], object]) -> None:
        """What the server knows of a phone, soon."""
        deadline = time.monotonic() + SOON
        while not true(found := self.phone(number)):
            assert time.monotonic() < deadline, found
            time.sleep(0.1)

    def plug_when_there(self, number: int) -> None:
        """Attach a phone that restarts, as the system does, once it is up."""
        deadline = time.monotonic() + SOON
        while not self.thread.member(number).device.present:
            assert time.monotonic() < deadline, f"phone {number} did not come up"
            time.sleep(0.05)
        self.thread.plug(number)

    def fronts(self, *phones: int) -> list[str]:
        return [self.thread.look(one, lambda phone: phone.front()[0]) for one in phones]

    def rest(self) -> None:
        """Every phone on its home screen, and nobody's."""
        for one in self.phones():
            if one["lease"] and one["lease"]["holder_name"].startswith("Ada"):
                with suppress(Refused):  # the page that left gave it back just now
                    self.desk.post(f"/phones/{one['id']}/lease/release", {"epoch": one["lease"]["epoch"]})
        for number in range(1, self.count + 1):
            self.thread.steer(number, _home)


def _home(phone: Phone) -> None:
    for app in tuple(phone.apps):
        phone.stop(app)
    phone.rotation, phone.locked = 0, False
    phone.scrolls.clear()
    phone.launch(HOME)


@contextmanager
def wall_lab(folder: Path, *, androids: int) -> Iterator[WallLab]:
    """Until the block ends; each phone is live at its beginning."""
    installation = prepared_installation()
    thread = None
    try:
        desk = Desk.first(installation.up())
        client = desk.get("/clients")["items"][0]["id"]
        code = desk.post("/agents", {"name": "Shelf 1"})["code"]
        thread = LabThread(desk.url, code, folder, androids=androids)
        lab = WallLab(installation, desk, thread, client, androids)
        deadline = time.monotonic() + 60
        while len(phones := lab.phones()) < androids or any(one["alive"] != "live" for one in phones):
            assert time.monotonic() < deadline, [(one["name"], one["alive"], one["because"]) for one in phones]
            time.sleep(0.1)
        for one in phones:
            number = thread.number_of(one["serial"])
            desk._ask("PUT", f"/phones/{one['id']}/client", json={"client_id": client})
            version = desk.get(f"/phones/{one['id']}")["version"]
            words = f"Phone {number}" if number < androids else f"Phone {number} {MARKUP} {RTL}"
            tags = ["odd" if number % 2 else "even"]
            desk.patch(f"/phones/{one['id']}", {"name": words[:120], "tags": tags}, version)
        yield lab
    finally:
        if thread is not None:
            thread.close()
        installation.remove()


class WallPage:
    """An open page of the wall."""

    def __init__(self, page: Page, lab: WallLab) -> None:
        self.page, self._lab = page, lab
        self.list = page.get_by_role("listbox", name="Phones")

    def option(self, number: int) -> Locator:
        return self.list.get_by_role("option", name=re.compile(rf"^{number}, "))

    def live(self) -> None:
        """Until every phone has a picture, and a fresh one: a press before that goes nowhere."""
        expect(self.list.get_by_role("option")).to_have_count(self._lab.count)
        self.page.wait_for_function(
            """() => {
                const phones = [...document.querySelectorAll('[role=option]')];
                const seen = phones.filter(one => one.getBoundingClientRect().top < innerHeight);
                return Object.keys(glass).length >= seen.length
                    && !phones.some(one => /no fresh picture|not answer|Offline|asked yet/.test(one.textContent)); }""",
            timeout=60_000,
        )

    def box(self, number: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of its picture."""
        box = self.option(number).bounding_box()
        assert box is not None
        return box["x"], box["y"], box["width"], box["height"]

    def point(self, number: int, across: float, down: float) -> tuple[float, float]:
        x, y, width, height = self.box(number)
        return x + across * width, y + down * height

    def lying(self, *phones: int) -> None:
        """Until these are seen on their side, and all others upright."""
        self.page.wait_for_function(
            """lying => [...document.querySelectorAll('[role=option]')].every((one, index) =>
                (one.offsetWidth > one.offsetHeight) === lying.includes(index + 1))""",
            arg=list(phones),
        )

    def at(self, number: int, words: str) -> tuple[float, float]:
        """Where on the glass the phone shows what bears these words."""
        return self.point(number, *self._lab.thread.look(number, lambda one: place_of(one, words)))

    def tap(self, number: int, words: str) -> None:
        self.page.mouse.click(*self.at(number, words))

    def drag(self, first: int, last: int) -> None:
        """A band from beside the corner of one phone into another."""
        x, y = self.point(first, 0, 0)
        self.page.mouse.move(x - 5, y + 20)
        self.page.mouse.down()
        self.page.mouse.move(*self.point(last, 0.5, 0.5), steps=6)
        self.page.mouse.up()

    def click(self, number: int, *keys: str) -> None:
        """On the middle of a phone, with these keys held."""
        for key in keys:
            self.page.keyboard.down(key)
        self.page.mouse.click(*self.point(number, 0.5, 0.5))
        for key in keys:
            self.page.keyboard.up(key)

    def drop(self, number: int, name: str, content: bytes, *, kinds: Sequence[str] = ("dragover", "drop")) -> None:
        """A file on the middle of a phone, as from the desktop."""
        self.page.evaluate(
            """([x, y, name, bytes, kinds]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], name));
                const on = document.elementFromPoint(x, y);
                for (const kind of kinds)
                    on.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true,
                        clientX: x, clientY: y }));
            }""",
            [*self.point(number, 0.5, 0.5), name, list(content), list(kinds)],
        )

    def select(self, *numbers: int) -> None:
        self.click(numbers[0])
        for number in numbers[1:]:
            self.click(number, "Control")
        self.selected(*numbers)

    def act_on(self, *numbers: int) -> None:
        """These selected and taken, whatever was before."""
        self.page.get_by_role("button", name="Select", exact=True).click()
        self.select(*numbers)
        self.page.keyboard.press("m")
        for number in numbers:
            expect(self.option(number)).to_contain_text("held by you")

    def selected(self, *numbers: int) -> None:
        expect(self.list.locator("[role=option][aria-selected=true]")).to_have_count(len(numbers))
        for number in numbers:
            expect(self.option(number)).to_have_attribute("aria-selected", "true")

    def shows(self, *numbers: int) -> None:
        expect(self.list.get_by_role("option")).to_have_text([re.compile(rf"^{number}, ") for number in numbers])

    def large(self, number: int) -> None:
        """Until this one fills the wall."""
        expect(self.page.get_by_role("button", name="All phones")).to_be_visible()
        self.page.wait_for_function(
            """number => [...document.querySelectorAll('[role=option]')].every(one =>
                (one.offsetHeight > 600) === one.textContent.startsWith(`${number}, `))""",
            arg=number,
        )

    def glows(self, number: int) -> bool:
        """Whether there is a blue frame around it."""
        x, y = self.point(number, 0, 0.5)
        clip: Any = {"x": round(x) - 2, "y": round(y), "width": 1, "height": 1}
        pixel = Image.open(io.BytesIO(self.page.screenshot(clip=clip))).convert("RGB").getpixel((0, 0))
        assert isinstance(pixel, tuple)
        return bool(pixel[2] > pixel[0] + 60)

    def mine(self, words: str) -> None:
        expect(self.page.get_by_text(words, exact=True)).to_be_visible()

    def press(self, button: str) -> None:
        """A button of the panel, by the keyboard."""
        found = self.page.get_by_role("button", name=button, exact=True)
        found.focus()
        found.press("Enter")

    def last_act(self, name: str, came_to: str | re.Pattern[str]) -> None:
        first = self.page.get_by_role("list", name="Last actions").get_by_role("listitem").first
        expect(first).to_contain_text(name, timeout=60_000)
        expect(first).to_contain_text(came_to, timeout=60_000)

    def results(self, came_to: dict[int, str | re.Pattern[str]]) -> None:
        """What stands under the last action, phone by phone, once it is opened."""
        act = self.page.get_by_role("list", name="Last actions").locator("details").first
        act.locator("summary").click()
        lines = act.get_by_role("listitem")
        expect(lines).to_have_count(len(came_to))
        for number, words in came_to.items():
            line = lines.filter(has=self.page.get_by_text(str(number), exact=True))
            expect(line.locator("span").last).to_have_text(words)

    def log(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("list", name="Log").get_by_text(words).first).to_be_visible(timeout=60_000)

    def said(self, words: str | re.Pattern[str]) -> None:
        """To a screen reader."""
        expect(self.page.get_by_role("status").filter(has_text=words)).to_have_count(1)

    def type(self, text: str) -> None:
        field = self.page.get_by_role("dialog").get_by_label("Text", exact=True)
        field.fill(text)
        field.press("Enter")
