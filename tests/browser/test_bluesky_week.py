"""A week on Bluesky: the account linked, the posts dragged to their days, out on a real server, liked and answered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from greenroom_dev.desk import Desk
from tests.support.appview import AppView
from tests.support.bluesky import Member, Pds
from tests.support.calendar import chip, column, drag
from tests.support.chromium import Browsing
from tests.support.installation import Installation, prepared_installation, wait_until
from tests.support.page_rules import faults_in_both_themes, stands

ZONE = "Europe/Berlin"
SLOW = 60_000  # ms; an answer on a slow or busy machine
TOPICS = ("Why bread rises", "How soap cleans", "What makes tea bitter", "When milk turns")
OWN_WORDS = "Yeast works at night."
TODAY = datetime.now(UTC).date()
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
"""Of a week that lies ahead as a whole."""
FIRST = {topic: MONDAY + timedelta(days=day) for topic, day in zip(TOPICS, (0, 2, 5, 6), strict=True)}
"""Where each is planned at first; a new account takes one a day."""
DAYS = {topic: MONDAY + timedelta(days=day) for topic, day in zip(TOPICS, (0, 1, 3, 4), strict=True)}
"""Where each stands in the end."""


@dataclass
class Week:
    """An installation that speaks with the server, a character, and what is made for it."""

    installation: Installation
    desk: Desk
    character: dict[str, Any]
    pds: Pds
    contents: dict[str, str] = field(default_factory=dict)

    def open(self, browsing: Browsing, path: str) -> Page:
        page = browsing.open(self.desk.url, path, cookies=[self.desk.browser_cookie])
        page.set_default_timeout(SLOW)
        stands(page)
        return page

    def posts(self) -> dict[str, dict[str, Any]]:
        """Every post by the topic of its content."""
        found = self.desk.get("/posts", client=self.character["client_id"])["items"]
        return {post["content"]["topic"]: post for post in found}

    def walls(self) -> dict[str, str]:
        return {topic: str(post["wall_time"])[:16] for topic, post in self.posts().items()}

    def let_pass(self, time: timedelta) -> None:
        """All that is planned or out is so much nearer or longer ago: as if the clock had gone on."""
        addresses = self.installation.database.addresses()
        assert addresses is not None
        with psycopg.connect(addresses.superuser) as db:
            db.execute(
                """update gr.post set due_at = due_at - %(time)s, wall_time = wall_time - %(time)s,
                          not_before = not_before - %(time)s, posted_at = posted_at - %(time)s""",
                {"time": time},
            )

    def let_come(self, topic: str) -> dict[str, Any]:
        """Time passes until this post is due; gives it once it is out."""
        post = self.posts()[topic]
        self.let_pass(datetime.fromisoformat(post["due_at"]) - datetime.now(UTC))
        return self.desk.published(post["id"], within=120)

    def wake(self) -> None:
        """The workers end and begin again, and with them what they do from time to time."""
        for name in ("worker-1", "worker-2"):
            self.installation.process(name).kill()


@pytest.fixture
def week(pds: Pds) -> Iterator[Week]:
    installation = prepared_installation(GREENROOM_FETCH_ALLOW=pds.allow, GREENROOM_WORKERS="2")
    try:
        desk = Desk.first(installation.up(), zone=ZONE)
        made = Week(installation, desk, desk.character(name="Mara Vale"), pds)
        for topic in TOPICS:
            made.contents[topic] = desk.content(made.character, topic, text=f"{topic}? Watch a pot. It tells you.")
        yield made
    finally:
        installation.remove()


def test_a_week_is_dragged_goes_out_and_is_liked(week: Week, appview: AppView, browsing: Browsing) -> None:
    member, reader, other = (week.pds.member() for _ in range(3))
    appview.members += [member.did, reader.did, other.did]
    page = week.open(browsing, "/accounts")
    _link(page, week, member)
    for content in week.contents.values():
        assert week.desk.settled(content, within=240)["status"] == "review"
        week.desk.reviewed(content)

    for number, topic in enumerate(TOPICS):
        _plan(page, topic, FIRST[topic], time=f"{9 + number:02}:00", caption=OWN_WORDS if number == 0 else None)
    _drag_to_their_days(page, week)
    assert week.walls() == {
        topic: f"{DAYS[topic]}T{time}" for topic, time in zip(TOPICS, ("09:00", "10:00", "11:30", "13:00"), strict=True)
    }
    assert week.pds.posts(member.did) == []

    out = {topic: week.let_come(topic) for topic in TOPICS}
    records = {record["uri"]: record for record in week.pds.posts(member.did)}
    assert len(records) == len(TOPICS)
    for post in out.values():
        key = post["permalink"].rpartition("/")[2]
        record = records.pop(f"at://{member.did}/app.bsky.feed.post/{key}")
        _assert_said(record["value"], post)
        post["record"] = {"uri": record["uri"], "cid": record["cid"]}
    assert not records
    assert out[TOPICS[0]]["caption"] == OWN_WORDS

    _react(week.pds, reader, other, out[TOPICS[0]]["record"])
    week.let_pass(timedelta(hours=25))
    week.wake()
    _see_them_out(page, week, out)
    first = out[TOPICS[0]]["id"]
    wait_until(lambda: _numbers(week, first), within=timedelta(seconds=60))
    page.goto(f"/insights?post={first}")
    cells = page.get_by_role("table", name="Numbers of the platform").get_by_role("row").nth(1).get_by_role("cell")
    expect(cells).to_have_text([re.compile("."), "2", "1", "1"])
    (told,) = _numbers(week, first)
    assert (told["likes"], told["replies"], told["reposts"], told["views"]) == (2, 1, 1, None)
    assert faults_in_both_themes(page) == []


def _link(page: Page, week: Week, member: Member) -> None:
    page.get_by_role("button", name="Link an account").click()
    page.get_by_label("Handle").fill(member.handle)
    page.get_by_label("App password").fill(member.app_password)
    page.get_by_label("Character").select_option("Mara Vale")
    page.get_by_label("Server").fill(week.pds.address)
    page.get_by_role("button", name="Link the account").click()
    expect(page.get_by_text(f"@{member.handle} is linked.")).to_be_visible()


def _plan(page: Page, topic: str, day: date, *, time: str, caption: str | None) -> None:
    """On Bluesky alone."""
    page.goto(f"/calendar?view=week&date={MONDAY}&day={day}&time={time}")
    page.get_by_role("dialog").get_by_role("button", name=topic).click()
    dialog = page.get_by_role("dialog", name="Schedule or publish")
    dialog.get_by_role("checkbox", name="Own page").uncheck()
    if caption:
        dialog.get_by_label("Caption").fill(caption)
    dialog.get_by_role("button", name="Schedule for 1 account").click()
    expect(column(page, day).get_by_role("button", name=topic)).to_be_visible()


def _drag_to_their_days(page: Page, week: Week) -> None:
    """By the pointer; the third twice, the last by the keys."""
    ids = {topic: post["id"] for topic, post in week.posts().items()}
    _, second, third, fourth = TOPICS
    for topic, day, hour in (
        (second, DAYS[second], 10.0),
        (third, MONDAY + timedelta(days=2), 15.0),
        (third, DAYS[third], 11.5),
    ):
        drag(page, chip(page, ids[topic]), column(page, day), minutes=round(hour * 60))
        _stands_on(page, day, ids[topic], f"{int(hour):02}:{round(hour % 1 * 60):02}")
    chip(page, ids[fourth]).focus()
    page.keyboard.press("m")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _stands_on(page, DAYS[fourth], ids[fourth], "13:00")


def _stands_on(page: Page, day: date, post: str, time: str) -> None:
    expect(page.get_by_text(f"Moved to {time} on {day:%A}")).to_be_visible()
    expect(column(page, day).locator(f"[data-post='{post}']")).to_be_visible()


def _assert_said(value: dict[str, Any], post: dict[str, Any]) -> None:
    """The record says what was approved, what is to be seen and heard, and that it is AI."""
    tags = " ".join(f"#{tag}" for tag in post["hashtags"])
    line = post["disclosure"]["sent"]["line"]
    assert value["text"] == "\n\n".join(part for part in (post["caption"], tags, line) if part)
    assert value["embed"]["alt"].startswith(post["content"]["topic"])
    assert value["labels"]["values"] == [{"val": "ai-generated"}]
    assert post["disclosure"]["read_back"] is True


def _react(pds: Pds, reader: Member, other: Member, post: dict[str, str]) -> None:
    """Two like it, one of them shares it and one answers."""
    for member in (reader, other):
        pds.write(member, "app.bsky.feed.like", {"subject": post})
    pds.write(other, "app.bsky.feed.repost", {"subject": post})
    pds.write(reader, "app.bsky.feed.post", {"text": "So that is why!", "reply": {"root": post, "parent": post}})


def _see_them_out(page: Page, week: Week, out: dict[str, dict[str, Any]]) -> None:
    """Each on the calendar, published, with its link."""
    for topic, post in out.items():
        page.goto(f"/calendar?view=list&date={TODAY}&post={post['id']}")
        panel = page.get_by_role("complementary", name="Post")
        expect(panel.get_by_role("heading", name=topic)).to_be_visible()
        expect(panel.get_by_text("Published", exact=True)).to_be_visible()
        expect(panel.get_by_role("link", name="Open it")).to_have_attribute("href", post["permalink"])


def _numbers(week: Week, post: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = week.desk.get(f"/insights/posts/{post}")["platform"]
    return found
