"""The pages of the phone lab's inventory in a real browser: found and tagged by the dozen, one opened, agents, apps."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from greenroom.wire.messages import Seen
from greenroom_dev.desk import Desk
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.installation import prepared_installation, wait_until
from tests.support.page_rules import assert_faultless, faults_in_both_themes, stands
from tests.support.paper_agent import PaperAgent, enrol_key, paper_agent
from tests.support.phones import seen

MARKUP = "<img src=x onerror=\"window.pwned='yes'\">"
BIDI = "\u202eRTL override\u202c עברית"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3

PHONES = [
    seen(1, "A0001", model="Pixel 8", port="1-4.1", front="com.greenroom.feed", battery=12, charging=False),
    seen(2, "A0002", model="Galaxy S25", port="1-4.2", storage_free=10**9, storage_total=10**11),
    seen(3, "A0003", model="Galaxy S25", port="1-4.3", temperature=44.0),
    seen(4, "A0004", model="iPhone 15", platform="ios", system="iOS 18.1", temperature=None, storage_free=None),
    seen(
        5, f"A0005{MARKUP}", model=f"{MARKUP}{UNBROKEN}"[:120], because=f"{MARKUP} {BIDI}"[:200], alive="unauthorised"
    ),
]


@dataclass(frozen=True)
class Lab:
    """An installation with an agent that tells of five phones, all of them the first client's."""

    desk: Desk
    agent: PaperAgent
    client: str

    def open(self, browsing: Browsing, path: str, *, width: int = WIDE) -> Page:
        page = browsing.open(self.desk.url, path, width=width, cookies=[self.desk.browser_cookie])
        stands(page)
        return page

    def phone(self, serial: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = self.desk.get("/phones")["items"]
        return next(one for one in found if one["serial"].startswith(serial))

    @contextmanager
    def without(self, serial: str) -> Iterator[None]:
        """A phone unplugged for a while."""
        self.agent.tell(*(one for one in PHONES if one.serial != serial))
        try:
            yield
        finally:
            self.agent.tell(*PHONES)


def new_phones(desk: Desk, agent: PaperAgent, phones: list[Seen]) -> list[dict[str, Any]]:
    def known() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = desk.get("/phones")["items"]
        return found if len(found) == len(phones) else []

    agent.tell(*phones)
    wait_until(known, within=timedelta(seconds=60))
    return known()


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    installation = prepared_installation(GREENROOM_WORKERS="0")
    try:
        desk = Desk.first(installation.up())
        client = desk.get("/clients")["items"][0]["id"]
        code = desk.post("/agents", {"name": "Shelf 1"})["code"]
        with paper_agent(desk.url, code) as agent:
            phones = new_phones(desk, agent, PHONES)
            desk.post("/phones/gifts", {"phones": [one["id"] for one in phones], "client_id": client})
            yield Lab(desk, agent, client)
    finally:
        installation.remove()


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name="Phones").get_by_role("row").filter(has=page.get_by_role("link", name=name))


def rows(page: Page) -> Locator:
    return page.get_by_role("table", name="Phones").locator("tbody").get_by_role("row")


def test_phones_are_found_as_one_types_and_tagged_together(lab: Lab, browsing: Browsing) -> None:
    page = lab.open(browsing, "/phones/list")
    expect(page.get_by_text("5 phones, 1 offline")).to_be_visible()
    expect(row(page, "Pixel 8 0001")).to_contain_text("12 %")
    expect(row(page, "Pixel 8 0001").get_by_role("cell").last).to_have_text("now")
    find = page.get_by_role("searchbox", name="Find phones")
    find.fill("galaxy")
    expect(rows(page)).to_have_count(2)
    assert "q=galaxy" in page.url
    page.get_by_role("checkbox", name="Select all shown").check()
    bar = page.get_by_role("region", name="Selected phones")
    expect(bar.get_by_role("status")).to_have_text("2 selected")
    bar.get_by_role("button", name="Tags").click()
    dialog = page.get_by_role("dialog", name="Tags of 2 phones")
    expect(dialog.get_by_label("Put on", exact=True)).to_be_focused()
    dialog.get_by_label("Put on", exact=True).fill("r" * 52)
    dialog.get_by_label("Put on", exact=True).press("Enter")
    expect(dialog.get_by_text("has 52 characters; at most 40 fit")).to_be_visible()
    dialog.get_by_label("Put on", exact=True).press("Backspace")
    expect(dialog.get_by_label("Put on", exact=True)).to_have_value("r" * 52)
    dialog.get_by_role("button", name="Change 2 phones").focus()
    page.keyboard.press("/")  # a shortcut of the page beneath
    expect(page.get_by_role("combobox", name="Search and commands")).to_have_count(0)
    dialog.get_by_role("button", name=re.compile("^Take r+ off$")).click()
    dialog.get_by_label("Put on", exact=True).fill("red")
    dialog.get_by_label("Put on", exact=True).press("Enter")
    dialog.get_by_label("Put on", exact=True).fill("left")  # what was typed and not entered counts too
    dialog.get_by_role("button", name="Change 2 phones").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Clear", exact=True).click()
    page.get_by_label("Tag", exact=True).select_option("red")
    expect(rows(page)).to_have_count(2)
    assert sorted(lab.phone("A0003")["tags"]) == ["left", "red"]

    bar.get_by_role("button", name="Out of work").click()
    dialog = page.get_by_role("dialog", name="Take 2 phones out of work")
    dialog.get_by_role("button", name="Take out of work").click()
    expect(dialog.get_by_text("Say why")).to_be_visible()
    dialog.get_by_label("Why").fill("the shelf is moved")
    dialog.get_by_role("button", name="Take out of work").click()
    expect(rows(page).get_by_text("Maintenance").locator("visible=true")).to_have_count(2)
    expect(rows(page).get_by_text("the shelf is moved")).to_have_count(2)
    bar.get_by_role("button", name="Back to work").click()
    expect(rows(page).get_by_text("Active").locator("visible=true")).to_have_count(2)


def test_keys_walk_the_list_and_select(lab: Lab, browsing: Browsing) -> None:
    page = lab.open(browsing, "/phones/list?q=shelf+1")
    expect(rows(page)).to_have_count(5)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="Selected phones").get_by_role("status")).to_have_text("1 selected")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Phone")).to_be_visible()
    assert "phone=" in page.url


def test_a_phone_says_how_it_does_and_what_happened(lab: Lab, browsing: Browsing) -> None:
    phone = lab.phone("A0001")
    lease = lab.desk.post(f"/phones/{phone['id']}/lease")
    page = lab.open(browsing, f"/phones/list?phone={phone['id']}")
    panel = page.get_by_role("complementary", name="Phone")
    expect(panel.get_by_role("meter", name="Battery")).to_have_attribute("aria-valuetext", "12 %")
    expect(panel.get_by_text("1-4.1, on the hub at 1-4")).to_be_visible()
    expect(panel.get_by_text("com.greenroom.feed is in front, an attended app")).to_be_visible()
    expect(panel.get_by_text("Ada Lovelace since")).to_be_visible()
    lab.desk.post(f"/phones/{phone['id']}/lease/release", {"epoch": lease["epoch"]})
    happened = panel.get_by_role("list", name="What happened to it").get_by_role("listitem")
    expect(happened.first).to_contain_text("given back")  # as it happens
    with lab.without("A0001"):
        expect(panel.get_by_text("Offline since")).to_be_visible()
        expect(happened.first).to_contain_text("it is no longer plugged in")
    expect(happened.first).to_contain_text("Came")

    panel.get_by_role("button", name="Name and tags").click()
    panel.get_by_label("Name", exact=True).fill("Left one")
    panel.get_by_label("Label", exact=True).fill("beside the door")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("heading", name="Left one")).to_be_visible()
    expect(row(page, "Left one")).to_contain_text("beside the door")
    lab.desk.patch(f"/phones/{phone['id']}", {"name": "Pixel 8 0001"}, lab.phone("A0001")["version"])
    expect(panel.get_by_role("heading", name="Pixel 8 0001")).to_be_visible()
    link = panel.get_by_role("link", name="Show on the wall")
    expect(link).to_have_attribute("href", re.compile(rf"/phones\?(.*&)?large={phone['id']}"))


def test_a_phone_that_goes_while_it_is_held_stands_on_the_board(lab: Lab, browsing: Browsing) -> None:
    phone = lab.phone("A0002")
    lease = lab.desk.post(f"/phones/{phone['id']}/lease")
    page = lab.open(browsing, "/")
    lost = page.get_by_role("list", name="Phones that went while they were held").get_by_role("listitem")
    with lab.without("A0002"):
        expect(lost).to_contain_text(f"{phone['name']} went while Ada Lovelace held it: it is no longer plugged in")
    expect(lost).to_have_count(0)
    lab.desk.post(f"/phones/{phone['id']}/lease/release", {"epoch": lease["epoch"]})


def test_what_happens_before_the_page_hears_of_news_is_told_too(lab: Lab, browsing: Browsing) -> None:
    phone = lab.phone("A0002")
    lease = lab.desk.post(f"/phones/{phone['id']}/lease")
    page = browsing.open(lab.desk.url, "/sign-in", cookies=[lab.desk.browser_cookie])
    held: list[Route] = []
    page.route("**/api/v1/events", lambda route: held.append(route))  # the line is slow
    page.goto(lab.desk.url)
    stands(page)
    wait_until(lambda: page.evaluate("true") and held, within=timedelta(seconds=30))
    lost = page.get_by_role("list", name="Phones that went while they were held").get_by_role("listitem")
    with lab.without("A0002"):
        wait_until(lambda: lab.phone("A0002")["offline_since"], within=timedelta(seconds=30))
        expect(lost).to_have_count(0)
        held.pop(0).continue_()
        expect(lost).to_contain_text(f"{phone['name']} went while Ada Lovelace held it")
    expect(lost).to_have_count(0)
    lab.desk.post(f"/phones/{phone['id']}/lease/release", {"epoch": lease["epoch"]})


def test_phones_are_given_to_another_client_and_their_holder_is_named(lab: Lab, browsing: Browsing) -> None:
    second = lab.desk.post("/clients", {"name": "Nothing & Daughters", "colour": "#2f7a55", "zone": "UTC"})["id"]
    phone = lab.phone("A0004")
    lab.desk.post(f"/phones/{phone['id']}/lease")
    page = lab.open(browsing, f"/phones/list?phone={phone['id']}")
    panel = page.get_by_role("complementary", name="Phone")
    panel.get_by_role("button", name="Give to a client").click()
    dialog = page.get_by_role("dialog", name=f"Give {phone['name']} to a client")
    expect(dialog.get_by_text(f"Ada Lovelace loses {phone['name']}, and is told so.")).to_be_visible()
    dialog.get_by_role("button", name="Give to Nothing & Daughters").click()
    expect(dialog).to_have_count(0)
    expect(panel.get_by_text("Nobody. Take it on the wall.")).to_be_visible()
    expect(panel.get_by_text("the phone was given to another client")).to_be_visible()
    assert lab.phone("A0004")["client_id"] == second
    lab.desk.post("/phones/gifts", {"phones": [phone["id"]], "client_id": lab.client})


def test_an_agent_gets_a_code_once_and_is_shut_out_after_a_question(lab: Lab, browsing: Browsing) -> None:
    page = lab.open(browsing, "/phones/agents")
    agents = page.get_by_role("table", name="Agents")
    expect(agents.get_by_role("row").filter(has_text="Shelf 1").get_by_text("Connected")).to_have_count(2)
    page.get_by_role("button", name="Make a code").click()
    form = page.get_by_role("dialog", name="A new agent")
    form.get_by_label("Name").fill("Shelf 2")
    form.get_by_role("button", name="Make a code").click()
    made = page.get_by_role("dialog", name="The code for Shelf 2")
    expect(made.get_by_role("timer")).to_have_text(re.compile(r"^[A-Z2-7]{4}(-[A-Z2-7]{4}){3} · (10:00|9:5\d) left$"))
    first = made.get_by_role("timer").inner_text()
    expect(made.get_by_role("timer")).not_to_have_text(first)  # it counts down
    command = made.locator("code").first.inner_text()
    code = command.removeprefix(f"./greenroom agent enrol {lab.desk.url} ")
    expect(made.locator("code").last).to_have_text("./greenroom agent run")
    enrol_key(lab.desk.url, code)
    expect(made.get_by_role("status")).to_have_text("The code was used. Keep the program running now.")
    expect(made.get_by_role("timer")).to_have_count(0)
    made.get_by_role("button", name="Done").click()
    there = agents.get_by_role("row").filter(has_text="Shelf 2")
    expect(there.get_by_text("Away").locator("visible=true")).to_be_visible()
    assert code not in page.content()
    there.get_by_role("button", name="Revoke Shelf 2").click()
    asked = page.get_by_role("dialog", name="Revoke Shelf 2?")
    expect(asked.get_by_text("It has no phones. The program on that computer is refused from now on.")).to_be_visible()
    asked.get_by_role("button", name="Revoke it").click()
    expect(there.get_by_text("Revoked").locator("visible=true")).to_be_visible()
    expect(there.get_by_role("button")).to_have_count(0)


def test_attended_apps_are_added_taken_back_and_the_shipped_stay(lab: Lab, browsing: Browsing) -> None:
    page = lab.open(browsing, "/settings/attended-apps")
    shipped = page.get_by_role("table", name="Shipped attended apps")
    expect(shipped.get_by_role("row").filter(has_text="com.instagram.lite")).to_contain_text("com.burbn.instagram")
    expect(shipped.get_by_role("button")).to_have_count(0)
    own = page.get_by_role("table", name="Your own attended apps")
    id, add = page.get_by_label("Package or bundle id"), page.get_by_role("button", name="Add")
    id.fill("com.example.Social")
    page.get_by_label("Name").fill("Nook")
    add.click()
    expect(own.get_by_text("com.example.social")).to_be_visible()
    with browsing.expecting("422 POST"):
        id.fill("no app")
        add.click()
        expect(page.get_by_text("words with dots between them")).to_be_visible()
    own.get_by_role("button", name="Remove com.example.social").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(own.get_by_text("com.example.social")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_state_of_the_pages_is_sound(lab: Lab, browsing: Browsing, width: int) -> None:
    hostile = lab.phone("A0005")
    said = {"phones": [hostile["id"]], "state": "quarantined", "why": f"{MARKUP}{UNBROKEN}"[:300]}
    lab.desk.post("/phones/changes", {**said, "add_tags": [MARKUP[:40], UNBROKEN[:40]], "add_groups": [UNBROKEN[:40]]})
    found = {}
    page = lab.open(browsing, "/phones/list", width=width)
    page.get_by_role("checkbox").nth(1).check()
    found["list"] = faults_in_both_themes(page)
    page = lab.open(browsing, f"/phones/list?phone={hostile['id']}", width=width)
    panel = page.get_by_role("complementary", name="Phone")
    expect(panel.get_by_role("list", name="What happened to it")).to_be_visible()
    found["phone"] = faults_in_both_themes(page)
    panel.get_by_role("button", name="Name and tags").click()
    expect(panel.get_by_label("Name", exact=True)).to_be_visible()
    found["form"] = faults_in_both_themes(page)
    panel.get_by_role("button", name="Another state").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["state"] = faults_in_both_themes(page)
    assert page.evaluate("window.pwned") is None
    page = lab.open(browsing, "/phones/list?q=nothing+is+so", width=width)
    expect(page.get_by_text("No phone is like that")).to_be_visible()
    with browsing.expecting("404 GET"):
        page = lab.open(browsing, f"/phones/list?phone={uuid4()}", width=width)
        expect(page.get_by_role("alert").get_by_text("no such phone")).to_be_visible()
    page = lab.open(browsing, "/phones/agents", width=width)
    found["agents"] = faults_in_both_themes(page)
    page.get_by_role("button", name="Make a code").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["code"] = faults_in_both_themes(page)
    page = lab.open(browsing, "/settings/attended-apps", width=width)
    found["attended"] = faults_in_both_themes(page)
    assert_faultless(found)


def test_a_client_without_phones_and_a_list_that_cannot_be_read(lab: Lab, browsing: Browsing) -> None:
    empty = lab.desk.post("/clients", {"name": "Empty", "colour": "#2f7a55", "zone": "UTC"})["id"]
    page = lab.open(browsing, f"/phones/list?client={empty}")
    expect(page.get_by_role("heading", name="No phone was given to Empty yet")).to_be_visible()
    assert_faultless({"empty": faults_in_both_themes(page)})
    page.get_by_role("link", name="Show all phones").click()
    expect(rows(page)).to_have_count(5)

    def refuse(route: Route) -> None:
        route.fulfill(status=503, json={"type": "x", "title": "x", "status": 503, "detail": "Come back in a moment"})

    with browsing.expecting("503 GET"):
        page.route(re.compile(r"/api/v1/phones(\?.*)?$"), refuse)
        told = page.get_by_role("alert").filter(has_text="Come back in a moment")
        expect(told).to_be_visible(timeout=60_000)
    page.unroute(re.compile(r"/api/v1/phones(\?.*)?$"))
    told.get_by_role("button", name="Try again").click()
    expect(told).to_have_count(0)


def test_a_member_without_phones_is_told_whom_to_ask(lab: Lab, browsing: Browsing) -> None:
    quay = lab.desk.post("/clients", {"name": "Quay", "colour": "#2f7a55", "zone": "UTC"})["id"]
    access = [{"client_id": quay, "level": "full"}]
    form = {"name": "Mara", "email": "mara@example.com", "role": "member", "access": access}
    token = lab.desk.post("/users", form)["link"].rsplit("/", 1)[1]
    mara = Desk._entered(lab.desk.url, "password", {"token": token, "password": "a red door opens"})
    for path in ("/phones", "/phones/list"):
        page = browsing.open(lab.desk.url, path, width=WIDE, cookies=[mara.browser_cookie])
        expect(page.get_by_role("heading", name="No phone was given to Quay yet")).to_be_visible()
        expect(page.get_by_text("Ask one for some")).to_be_visible()
        expect(page.get_by_role("link", name="Agents")).to_have_count(0)


def test_a_usb_hub_that_dies_is_an_alarm_on_the_board_and_red_in_the_tree(lab: Lab, browsing: Browsing) -> None:
    page = lab.open(browsing, "/phones/agents")
    hub = page.get_by_role("list", name="Phones on Hub 1-4")
    alarms = page.get_by_role("list", name="Alarms of USB hubs")
    expect(hub.get_by_role("link")).to_have_count(3)
    expect(alarms).to_be_hidden()
    lab.agent.tell(*PHONES[3:])
    expect(alarms).to_contain_text("from USB hub 1-4 of Shelf 1 within seconds: check the hub's cable and power")
    expect(hub.get_by_text("Offline")).to_have_count(3)
    assert_faultless({"tree": faults_in_both_themes(page)})
    board = lab.open(browsing, "/", width=NARROW)
    expect(board.get_by_role("list", name="Alarms of USB hubs")).to_contain_text("USB hub 1-4")
    lab.agent.tell(*PHONES)
    expect(alarms).to_be_hidden()
    expect(hub.get_by_text("Offline")).to_have_count(0)
