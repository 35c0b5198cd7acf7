"""The calendar as a person uses it: dragged, carried with the keys, refused, distributed, scheduled, imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from greenroom_dev.desk import Desk
from tests.support.calendar import chip, column, drag
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.installation import prepared_installation
from tests.support.page_rules import assert_faultless, faults, faults_in_both_themes, stands

ZONE = "Europe/Berlin"
TEXT = (
    "The Moon pulls the water on the near side of the Earth more strongly than the Earth itself. "
    "Most coasts see two high tides in 24 hours and 50 minutes."
)
SLOW = 60_000  # ms; an answer on a slow or busy machine
TODAY = datetime.now(UTC).date()
NEXT_MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
"""A week that lies ahead as a whole, so that every hour of it can be planned."""


@dataclass(frozen=True)
class Planned:
    """Two characters with a page each, and three approved contents of the first."""

    desk: Desk
    client: str
    pages: tuple[dict[str, Any], dict[str, Any]]
    contents: tuple[str, ...]

    def open(self, browsing: Browsing, path: str, *, width: int = WIDE) -> Page:
        full = f"{path}{'&' if '?' in path else '?'}client={self.client}"
        page = browsing.open(self.desk.url, full, width=width, cookies=[self.desk.browser_cookie])
        page.set_default_timeout(SLOW)
        stands(page)
        return page

    def post(self, wall: str, *, page: int = 0, content: int = 0) -> dict[str, Any]:
        return self.desk.posted(self.contents[content], self.pages[page], at={"wall": wall, "zone": ZONE}, again=True)

    def wall(self, post: dict[str, Any]) -> str:
        return str(self.desk.get(f"/posts/{post['id']}")["wall_time"])[:16]

    def pace(self, page: int, **change: Any) -> None:
        accounts = self.desk.get("/accounts", client=self.client)["items"]
        account = next(one for one in accounts if one["id"] == self.pages[page]["id"])
        self.desk.patch(f"/accounts/{account['id']}/pace", change, account["version"])


@pytest.fixture(scope="module")
def planned() -> Iterator[Planned]:
    installation = prepared_installation(GREENROOM_WORKERS="1")
    try:
        desk = Desk.first(installation.up(), zone=ZONE)
        client = desk.get("/clients")["items"][0]["id"]
        mara, otto = (desk.character(client=client, name=name) for name in ("Mara Vale", "Otto Brandt"))
        topics = ("Why the sea has tides", "How bread rises", "What makes a violin sing")
        contents = tuple(desk.content(mara, topic, text=TEXT) for topic in topics)
        for content in contents:
            assert desk.settled(content, within=240)["status"] == "review"
            desk.reviewed(content)
        yield Planned(desk, client, (desk.page_of(mara), desk.page_of(otto)), contents)
    finally:
        installation.remove()


@pytest.fixture
def clean(planned: Planned) -> Iterator[Planned]:
    """The same with an empty calendar before and the usual pace after."""
    for post in planned.desk.get("/posts", client=planned.client)["items"]:
        if post["state"] in ("scheduled", "approved", "missed"):
            planned.desk.post(f"/posts/{post['id']}/cancel")
    yield planned
    planned.pace(0, daily_cap=25, minutes_apart=0)


def test_a_post_is_dragged_to_another_day_and_hour_and_back(clean: Planned, browsing: Browsing) -> None:
    post = clean.post(f"{NEXT_MONDAY}T09:00")
    page = clean.open(browsing, f"/calendar?view=week&date={NEXT_MONDAY}")
    wednesday = NEXT_MONDAY + timedelta(days=2)
    drag(page, chip(page, post["id"]), column(page, wednesday), minutes=10 * 60 + 17)
    expect(page.get_by_text("Moved to 10:15 on Wednesday")).to_be_visible(timeout=SLOW)
    assert clean.wall(post) == f"{wednesday}T10:15"
    page.get_by_role("button", name="Undo").click()
    expect(column(page, NEXT_MONDAY).locator(f"[data-post='{post['id']}']")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Moved to 09:00 on Monday")).to_be_visible(timeout=SLOW)
    assert clean.wall(post) == f"{NEXT_MONDAY}T09:00"


def test_shift_drags_by_the_minute_and_escape_lets_go(clean: Planned, browsing: Browsing) -> None:
    post = clean.post(f"{NEXT_MONDAY}T09:00")
    page = clean.open(browsing, f"/calendar?view=day&date={NEXT_MONDAY}")
    drag(page, chip(page, post["id"]), column(page, NEXT_MONDAY), minutes=10 * 60, drop=False)
    expect(page.locator("[data-target]")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator("[data-target]")).to_have_count(0)
    assert clean.wall(post) == f"{NEXT_MONDAY}T09:00"
    page.keyboard.down("Shift")
    drag(page, chip(page, post["id"]), column(page, NEXT_MONDAY), minutes=10 * 60 + 7)
    page.keyboard.up("Shift")
    expect(page.get_by_text("Moved to 10:0")).to_be_visible(timeout=SLOW)
    assert clean.wall(post).endswith(("10:06", "10:07", "10:08"))


def test_in_the_month_a_dragged_post_keeps_its_time(clean: Planned, browsing: Browsing) -> None:
    post = clean.post(f"{NEXT_MONDAY}T09:30")
    page = clean.open(browsing, f"/calendar?view=month&date={NEXT_MONDAY}")
    tuesday = NEXT_MONDAY + timedelta(days=1)
    drag(page, chip(page, post["id"]), column(page, tuesday), minutes=40)
    expect(page.get_by_text("Moved to 09:30 on Tuesday")).to_be_visible(timeout=SLOW)
    assert clean.wall(post) == f"{tuesday}T09:30"


def test_the_keyboard_alone_moves_a_post_and_hears_where_it_is(clean: Planned, browsing: Browsing) -> None:
    post = clean.post(f"{NEXT_MONDAY}T09:00")
    page = clean.open(browsing, f"/calendar?view=week&date={NEXT_MONDAY}")
    spoken = page.locator("[data-spoken]")
    chip(page, post["id"]).focus()
    page.keyboard.press("m")
    expect(spoken).to_contain_text("Moving to 09:00 on Monday")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(spoken).to_contain_text("Moving to 09:16 on Tuesday")
    page.keyboard.press("Escape")
    expect(chip(page, post["id"])).to_be_focused()
    assert clean.wall(post) == f"{NEXT_MONDAY}T09:00"
    page.keyboard.press("m")
    for _ in range(8):  # into the week after, which comes into sight
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    there = NEXT_MONDAY + timedelta(days=8)
    expect(page.get_by_text("Moved to 09:00 on Tuesday")).to_be_visible(timeout=SLOW)
    expect(column(page, there).locator(f"[data-post='{post['id']}']")).to_be_focused(timeout=SLOW)
    assert clean.wall(post) == f"{there}T09:00"


def test_a_refused_move_goes_back_with_the_next_free_time(clean: Planned, browsing: Browsing) -> None:
    tuesday = NEXT_MONDAY + timedelta(days=1)
    post = clean.post(f"{NEXT_MONDAY}T09:00")
    clean.post(f"{tuesday}T09:00", content=1)
    clean.pace(0, daily_cap=2, minutes_apart=60)
    page = clean.open(browsing, f"/calendar?view=week&date={NEXT_MONDAY}")
    expect(_room(page)).to_contain_text("1 of 2")
    with browsing.expecting("409 PATCH .*/posts/"):
        drag(page, chip(page, post["id"]), column(page, tuesday), minutes=9 * 60 + 15)
        refused = page.get_by_role("alert")
        expect(refused).to_contain_text("keeps 60 minutes between two posts", timeout=SLOW)
    expect(column(page, NEXT_MONDAY).locator(f"[data-post='{post['id']}']")).to_be_visible()
    assert faults(page) == []
    refused.get_by_role("button", name="Move it to 10:00").click()
    expect(page.get_by_text("Moved to 10:00 on Tuesday")).to_be_visible(timeout=SLOW)
    expect(refused).to_have_count(0)
    assert clean.wall(post) == f"{tuesday}T10:00"
    expect(_room(page)).to_contain_text("2 of 2")
    expect(_room(page)).to_contain_text("full")


def test_the_same_words_within_a_day_need_a_yes(clean: Planned, browsing: Browsing) -> None:
    tuesday, thursday = NEXT_MONDAY + timedelta(days=1), NEXT_MONDAY + timedelta(days=3)
    for content, wall in enumerate((f"{NEXT_MONDAY}T15:00", f"{thursday}T09:00")):
        words = {"at": {"wall": wall, "zone": ZONE}, "caption": "Twice a day the sea comes in."}
        post = clean.desk.posted(clean.contents[content], clean.pages[0], **words)
    page = clean.open(browsing, f"/calendar?view=month&date={NEXT_MONDAY}")
    with browsing.expecting("409 PATCH .*/posts/"):
        drag(page, chip(page, post["id"]), column(page, tuesday), minutes=40)
        expect(page.get_by_role("alert")).to_contain_text(
            "is planned on Mara Vale within 20 hours of this one", timeout=SLOW
        )
    assert clean.wall(post) == f"{thursday}T09:00"
    assert faults(page) == []
    page.get_by_role("button", name="Move it there nonetheless").click()
    expect(page.get_by_text("Moved to 09:00 on Tuesday")).to_be_visible(timeout=SLOW)
    assert clean.wall(post) == f"{tuesday}T09:00"


def test_a_free_slot_is_pressed_to_plan_there(clean: Planned, browsing: Browsing) -> None:
    page = clean.open(browsing, f"/calendar?view=week&date={NEXT_MONDAY}&panel=schedules")
    panel = page.get_by_role("complementary", name="Schedules")
    panel.get_by_label("Account").select_option(clean.pages[1]["id"])
    panel.get_by_label("Weekday", exact=True).select_option("Monday")
    panel.get_by_role("button", name="Add a slot").click()
    page.get_by_role("link", name="Free slot at 12:00 on Otto Brandt: plan a post there").click()
    page.get_by_role("dialog").get_by_role("button", name="How bread rises").click()
    dialog = page.get_by_role("dialog", name="Schedule or publish")
    expect(dialog.get_by_role("checkbox", name="Otto Brandt")).to_be_checked()
    expect(dialog.get_by_label("Day and time")).to_have_value(f"{NEXT_MONDAY}T12:00")
    dialog.get_by_role("button", name="Schedule for 1 account").click()
    expect(column(page, NEXT_MONDAY).get_by_role("button", name="How bread rises")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("link", name="Free slot at 12:00 on Otto Brandt: plan a post there")).to_have_count(0)
    page.get_by_role("button", name="Remove the slot on Monday at 12:00").click()
    expect(panel.get_by_text("No slots yet")).to_be_visible(timeout=SLOW)


def test_one_content_to_two_accounts_of_which_one_refuses(clean: Planned, browsing: Browsing) -> None:
    tuesday = NEXT_MONDAY + timedelta(days=1)
    clean.post(f"{tuesday}T20:00", page=0, content=1)
    clean.pace(0, daily_cap=1, minutes_apart=0)
    page = clean.open(browsing, f"/calendar?view=week&date={NEXT_MONDAY}&day={tuesday}&time=10:00")
    page.get_by_role("dialog").get_by_role("button", name="What makes a violin sing").click()
    dialog = page.get_by_role("dialog", name="Schedule or publish")
    dialog.get_by_role("checkbox", name="Otto Brandt").check()
    words = dialog.get_by_role("group", name="Words for")
    words.get_by_role("button", name="Otto Brandt").click()
    dialog.get_by_label("Caption").fill("Only Otto says this")
    preview = dialog.get_by_role("region", name="On Own page")
    expect(preview).to_contain_text("Only Otto says this", timeout=SLOW)
    expect(preview).to_contain_text(" / ")
    found = {"written": faults_in_both_themes(page)}
    dialog.get_by_role("button", name="Schedule for 2 accounts").click()
    outcome = dialog.get_by_role("region", name="What became of it").get_by_role("listitem")
    expect(outcome.filter(has_text="Otto Brandt")).to_contain_text("Planned", timeout=SLOW)
    expect(outcome.filter(has_text="Mara Vale")).to_contain_text("has 1 post a day")
    found["answered"] = faults_in_both_themes(page)
    assert_faultless(found)
    posts = clean.desk.get("/posts", client=clean.client, state="scheduled")["items"]
    assert [one["caption"] for one in posts if one["account"]["name"] == "Otto Brandt"] == ["Only Otto says this"]
    clean.pace(0, daily_cap=5, minutes_apart=0)
    dialog.get_by_role("button", name="Schedule for 1 account").click()
    expect(dialog).to_be_hidden(timeout=SLOW)
    assert len(clean.desk.get("/posts", client=clean.client, state="scheduled")["items"]) == 3


def test_a_schedule_with_its_thirty_times(clean: Planned, browsing: Browsing) -> None:
    page = clean.open(browsing, f"/calendar?view=week&date={NEXT_MONDAY}&panel=schedules")
    page.get_by_role("button", name="New schedule").click()
    dialog = page.get_by_role("dialog", name="A new schedule")
    dialog.get_by_label("Name", exact=True).fill("Mornings")
    dialog.get_by_label("From").fill(f"{NEXT_MONDAY}")
    dialog.get_by_label("At", exact=True).fill("08:15")
    dialog.get_by_label("Unit").select_option("week")
    for day in ("Monday", "Thursday"):
        dialog.get_by_role("button", name=day).click()
    dialog.get_by_role("checkbox", name="Mara Vale").check()
    times = dialog.get_by_role("list", name="The next times").get_by_role("listitem")
    expect(times).to_have_count(30, timeout=SLOW)
    expect(times.first).to_contain_text("08:15")
    dialog.get_by_role("button", name="Add all 3").click()
    queue = dialog.get_by_role("list", name="Queue").get_by_role("listitem")
    first = queue.first.inner_text()
    queue.first.get_by_role("button", name="arrow keys move it").press("ArrowDown")
    expect(queue.nth(1)).to_contain_text(first.split("\n")[-1])
    assert_faultless({"dialog": faults_in_both_themes(page)})
    dialog.get_by_role("button", name="Make the schedule").click()
    expect(dialog).to_be_hidden(timeout=SLOW)
    row = page.get_by_role("list", name="Schedules").get_by_role("listitem").filter(has_text="Mornings")
    expect(row).to_contain_text("Every Monday and Thursday at 08:15 in Berlin")
    for day in (NEXT_MONDAY, NEXT_MONDAY + timedelta(days=3)):
        expect(column(page, day).get_by_role("button").filter(has_text="08:15")).to_be_visible(timeout=SLOW)
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused", timeout=SLOW)
    row.get_by_role("button", name="Resume").click()
    expect(row.get_by_role("button", name="Pause")).to_be_visible(timeout=SLOW)
    row.get_by_role("button", name="End Mornings").click()
    page.get_by_role("button", name="End the schedule").click()
    expect(page.get_by_text("Nothing fills the calendar by itself")).to_be_visible(timeout=SLOW)


def test_an_import_with_one_bad_line(clean: Planned, browsing: Browsing) -> None:
    page = clean.open(browsing, f"/calendar?view=week&date={NEXT_MONDAY}&panel=import")
    dialog = page.get_by_role("dialog", name="Import posts")
    head = "content,account,date,time\n"
    good = f"{clean.contents[0]},{clean.pages[0]['id']},{NEXT_MONDAY},07:45\n"
    bad = f"{clean.contents[1]},nobody-of-that-name,{NEXT_MONDAY},08:45\n"
    _drop(dialog, head + good + bad)
    lines = dialog.get_by_role("table", name="Lines of the table").get_by_role("row")
    expect(lines).to_have_count(3, timeout=SLOW)
    expect(lines.nth(1)).to_contain_text("Right")
    expect(lines.nth(2)).to_contain_text("Wrong")
    expect(lines.nth(2)).to_contain_text("nobody-of-that-name")
    expect(dialog.get_by_role("button", name="Plan them")).to_be_disabled()
    assert_faultless({"import": faults_in_both_themes(page)})
    dialog.get_by_role("button", name="Remove posts.csv").click()
    _drop(dialog, head + good)
    dialog.get_by_role("button", name="Plan 1 post").click()
    expect(dialog).to_be_hidden(timeout=SLOW)
    expect(column(page, NEXT_MONDAY).get_by_role("button").filter(has_text="07:45")).to_be_visible(timeout=SLOW)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_view_is_accessible_and_no_wider_than_its_window(clean: Planned, browsing: Browsing, width: int) -> None:
    for minute in range(0, 60, 10):
        clean.post(f"{NEXT_MONDAY}T09:{minute:02}", page=minute // 10 % 2, content=minute // 10 % 3)
    page = clean.open(browsing, "/calendar", width=width)
    found = {}
    for view in ("month", "week", "day", "list"):
        page.goto(f"/calendar?view={view}&date={NEXT_MONDAY}&client={clean.client}")
        stands(page)
        found[view] = faults_in_both_themes(page)
    page.goto(f"/calendar?view=list&panel=schedules&client={clean.client}")
    stands(page)
    found["schedules"] = faults_in_both_themes(page)
    assert_faultless(found)


def test_days_of_23_and_25_hours_show_it(clean: Planned, browsing: Browsing) -> None:
    spring, autumn = _last_sunday(3), _last_sunday(10)
    page = clean.open(browsing, f"/calendar?view=day&date={spring}")
    expect(page.get_by_text("23 h")).to_be_visible()
    expect(page.get_by_text("02:00–03:00 skipped")).to_be_attached()
    page.goto(f"/calendar?view=week&date={autumn}&client={clean.client}")
    expect(page.get_by_text("25 h")).to_be_visible()
    expect(page.get_by_text("again")).to_be_attached()


def _last_sunday(month: int) -> date:
    """Of that month next year: the clocks of Europe change then."""
    last = date(TODAY.year + 1, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _room(page: Page) -> Locator:
    return page.get_by_role("group", name="Room of each account")


def _drop(dialog: Locator, text: str) -> None:
    dialog.locator("input[type=file]").set_input_files(
        {"name": "posts.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
