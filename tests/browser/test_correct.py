"""A post that is out gets other words: on the own page at once, on Bluesky by taking it down and posting it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from greenroom_dev.desk import Desk
from tests.support.bluesky import Member, Pds
from tests.support.chromium import NARROW, WIDE, Browsing
from tests.support.installation import prepared_installation, wait_until
from tests.support.page_rules import faults_in_both_themes, stands

TEXT = "Yeast eats sugar and breathes out gas. The dough holds it, and so the loaf rises in the oven."
RIGHT = "Yeast eats sugar and breathes out carbon dioxide."
SLOW = 60_000  # ms; an answer on a slow or busy machine


@dataclass(frozen=True)
class Out:
    """One content that is out on a page and on Bluesky."""

    desk: Desk
    pds: Pds
    member: Member
    page: dict[str, Any]
    bluesky: dict[str, Any]

    def open(self, browsing: Browsing, post: dict[str, Any], *, width: int = WIDE) -> Page:
        path = f"/calendar?view=list&post={post['id']}"
        page = browsing.open(self.desk.url, path, width=width, cookies=[self.desk.browser_cookie])
        page.set_default_timeout(SLOW)
        stands(page)
        return page


@pytest.fixture(scope="module")
def published(pds: Pds) -> Iterator[Out]:
    installation = prepared_installation(GREENROOM_FETCH_ALLOW=pds.allow, GREENROOM_WORKERS="1")
    try:
        desk, member = Desk.first(installation.up()), pds.member()
        mara = desk.character(name="Mara Vale")
        own = desk.page_of(mara)
        content = desk.content(mara, "Why bread rises", text=TEXT)
        login = {
            "platform": "bluesky", "identifier": member.handle, "password": member.app_password,
            "service": pds.address, "character_id": mara["id"],
        }  # fmt: skip
        there = desk.post("/accounts", login, client=mara["client_id"])
        assert desk.settled(content, within=240)["status"] == "review"
        desk.reviewed(content)
        posts = [desk.posted(content, account, caption="Yeast eats salt.") for account in (own, there)]
        yield Out(desk, pds, member, *(desk.published(post["id"], within=120) for post in posts))
    finally:
        installation.remove()


def test_what_is_out_gets_the_right_words(published: Out, browsing: Browsing) -> None:
    page = published.open(browsing, published.page)
    page.get_by_role("button", name="Correct", exact=True).click()
    words = page.get_by_label("Caption", exact=True)
    expect(words).to_have_value("Yeast eats salt.")
    words.fill("x" * 6000)
    with browsing.expecting("422 POST .*/correct"):
        page.get_by_role("button", name="Correct it on Own page now").click()
        expect(page.get_by_text("too long for this page; shorten it").first).to_be_visible()
    words.fill(RIGHT)
    expect(page.get_by_label("On Own page")).to_contain_text(RIGHT)
    page.get_by_role("button", name="Correct it on Own page now").click()
    history = page.get_by_role("region", name="Corrections").or_(page.locator("section", has_text="Corrections"))
    expect(history.last).to_contain_text("Corrected", timeout=SLOW)
    expect(history.last).to_contain_text("Yeast eats salt.")
    assert published.desk.get(f"/posts/{published.page['id']}")["caption"] == RIGHT
    assert faults_in_both_themes(page) == []
    narrow = published.open(browsing, published.page, width=NARROW)
    narrow.get_by_role("button", name="Correct", exact=True).click()
    assert faults_in_both_themes(narrow) == []


def test_where_nothing_can_be_edited_it_is_taken_down_first_and_then_posted_once(
    published: Out, browsing: Browsing
) -> None:
    page = published.open(browsing, published.bluesky)
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_text("lets nobody edit it; take it down and post it again")).to_be_visible()
    page.get_by_label("Caption", exact=True).fill(RIGHT)
    assert faults_in_both_themes(page) == []
    page.get_by_role("button", name="Take down and post again").click()
    sure = page.get_by_role("dialog", name="Take it down and post it again?")
    expect(sure).to_contain_text("until then nothing goes out")
    sure.get_by_role("button", name="Take it down").click()
    again = page.get_by_role("dialog", name="Schedule or publish")
    expect(again).to_be_visible(timeout=SLOW)
    assert published.pds.posts(published.member.did) == []
    expect(again.get_by_label("Caption", exact=True)).to_have_value(RIGHT)
    again.get_by_role("button", name="Publish to 1 account now").click()
    expect(page.get_by_text("On its way out.")).to_be_visible()

    def out() -> bool:
        return len(published.pds.posts(published.member.did)) == 1

    wait_until(out, within=timedelta(seconds=60))
    (record,) = published.pds.posts(published.member.did)
    assert record["value"]["text"].startswith(RIGHT)
